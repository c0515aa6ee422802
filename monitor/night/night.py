"""One night: every site crawled in a process of its own, then counted and judged."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawler.sites.load import SITES, load_site
from db.connect import Engine
from db.recording.checks import links_to_try, save_tries
from monitor.judge.context import context_of
from monitor.judge.judging import Judgement
from monitor.night.probes import MOST, try_links
from monitor.night.remember import remember_night
from rules.errors import GongkaiError, WrongInput
from rules.vocabulary.places import Site


@dataclass(frozen=True, slots=True)
class SiteNight:
    """How one site's night went. `trouble` is a Chinese sentence, "" if there was none."""

    site: str
    name: str
    findings: int = 0
    trouble: str = ""


def run_nightly(engine: Engine, as_of: date, folder: Path = SITES) -> Iterator[SiteNight]:
    """Every site file of the folder, one after the other; one site's trouble never stops the others."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise WrongInput(f"目录 {folder} 中没有站点文件，没有可采集的网站，请先添加站点文件。")
    for file in files:
        yield _site_night(engine, file, as_of)


def _site_night(engine: Engine, file: Path, as_of: date) -> SiteNight:
    try:
        site = load_site(file)
    except GongkaiError as error:
        return SiteNight(file.stem, file.stem, trouble=str(error))
    status = _crawl(engine, file, as_of)
    _try_links(engine, site, as_of)
    try:
        with engine.begin() as connection:
            judgement = remember_night(connection, context_of(site, as_of))
    except GongkaiError as error:
        return SiteNight(site.key, site.name, trouble=str(error))
    standing = sum(ruling.reported for ruling in judgement.rulings)
    return SiteNight(site.key, site.name, standing, _trouble(status, judgement))


def _try_links(engine: Engine, site: Site, as_of: date) -> None:
    with engine.connect() as connection:
        urls = links_to_try(connection, site.key, as_of, MOST)
    opened = list(try_links(urls, site.crawling.delay))
    with engine.begin() as connection:
        save_tries(connection, site.key, as_of, opened)


def _trouble(status: int, judgement: Judgement) -> str:
    """What the operator must know of the night; nobody else is told."""
    if judgement.night and judgement.night.sentence:
        return judgement.night.sentence
    if status:
        return f"采集没有正常结束（退出码 {status}），按已读到的内容统计，未读到的不计零。"
    return ""


def _crawl(engine: Engine, file: Path, as_of: date) -> int:
    """A crawl is a process: Twisted's reactor runs once, and a crash stays with one site."""
    command = [sys.executable, "-m", "monitor", "crawl", str(file), "--as-of", as_of.isoformat()]
    url = engine.url.render_as_string(hide_password=False)
    environment = {**os.environ, "GONGKAI_DATABASE_URL": url}
    # Its own words go to standard error: standard output is the night's.
    return subprocess.run(command, env=environment, stdout=sys.stderr, check=False).returncode  # noqa: S603
