"""Walking a site kept as files, without a network: as the discovery spider does, page after page.

A page's file is its path; a query stands behind @ (list.aspx@cid=31). Its robots.txt is obeyed, if it has one. A site
may as well be a table: address → HTML."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from crawler.discovery.discover import frame_in, jump_of
from crawler.discovery.proposal import Proposal
from crawler.discovery.propose import Composer
from crawler.discovery.study import failed, study
from crawler.discovery.survey import Node, Survey
from crawler.outcomes.outcome import see_failure
from crawler.page.page import Page
from crawler.page.values import Expectation

DAY = date(2026, 4, 1)
Source = Path | Mapping[str, str]
MISSING = b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"


def walk(folder: Source, home: str = "http://www.site.example/", pages: int = 400) -> Survey:
    """The survey of a site kept under `folder`."""
    survey = Survey(home)
    node: Node | None = survey.home
    asked = 0
    while node and asked < pages:
        asked += 1
        node = _visit(folder, survey, node) or survey.next()
    return survey


def propose(folder: Source, pages: int = 400) -> Proposal:
    return Composer(walk(folder, pages=pages), 1.0).propose()


def _visit(folder: Source, survey: Survey, node: Node) -> Node | None:
    """Reads one page; the node it sends its reader on to, if any."""
    if not _robots(folder).can_fetch("gongkai", node.url):
        survey.take(node, failed(node.url, see_failure("robots")))
        return None
    page = fetch(folder, node.url)
    if target := jump_of(page):
        return survey.moved(node, target)
    expect = Expectation(survey.scope.origin + "/")
    note = study(page, expect, DAY, name=node.name)
    survey.take(node, note, page)
    frame = frame_in(page) if note.cause == "frame" else ""
    return survey.moved(node, frame) if frame else None


def _robots(folder: Source) -> RobotFileParser:
    robots = RobotFileParser()
    file = fetch(folder, "http://www.site.example/robots.txt")
    robots.parse(file.text.splitlines() if file.status == 200 else [])
    return robots


def fetch(folder: Source, url: str) -> Page:
    parts = urlsplit(url)
    if not isinstance(folder, Path):
        body = folder.get(parts.path + (f"?{parts.query}" if parts.query else ""))
        return Page(
            url, (body or "").encode() or MISSING, 200 if body else 404, {"content-type": "text/html"}
        )
    file = folder / (parts.path.lstrip("/") + (f"@{parts.query}" if parts.query else ""))
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file():
        return Page(url, MISSING, 404, {"content-type": "text/html"})
    return Page(url, file.read_bytes(), 200, {"content-type": "text/html"})
