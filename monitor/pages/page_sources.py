"""Where a page to be read comes from: a file, an address, or the lines of a manifest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from errno import EACCES, EISDIR, ENOENT
from pathlib import Path
from typing import Any

import httpx

from crawler.fetching.download import download
from crawler.page.page import Page
from crawler.page.values import PageRequest
from rules.errors import GongkaiError, WrongInput

_ERRORS = {
    httpx.TimeoutException: "timeout",
    httpx.TooManyRedirects: "redirect_loop",
    httpx.RemoteProtocolError: "reset",
    httpx.ReadError: "reset",
    httpx.DecodingError: "data_loss",
}
_WORDS = {
    "dns": ("name or service", "nodename", "getaddrinfo", "name resolution"),
    "refused": ("refused",),
    "tls": ("ssl", "certificate", "tls"),
    "no_route": ("unreachable", "no route"),
}


class Unanswered(GongkaiError):
    """Nothing came from an address; the text is the kind of failure (`outcome.FAILURES`)."""


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One line of a manifest: what the page is called, its file, its address ("" if unknown), its kind."""

    id: str
    file: Path
    url: str
    kind: str


def is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def load_page(file: Path, url: str = "") -> Page:
    """The page in a file. Where its address is not known its name stands for it, so that links stay as printed."""
    try:
        return Page(url or file.name, file.read_bytes())
    except OSError as error:
        raise WrongInput(f"无法读取文件 {file}：{_why(error)}，请检查路径。") from None


def fetch_page(address: str) -> Page:
    """The page at an address, redirects followed. Raises Unanswered where nothing comes, WrongInput where the
    address is none."""
    try:
        return download(PageRequest(address))
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
        raise WrongInput(f"网址“{address}”不正确，没有执行任何操作。") from None
    except httpx.HTTPError as error:
        raise Unanswered(_kind(error)) from error


def fetch_answer(request: PageRequest) -> Page:
    """An endpoint's answer; redirects are not followed, for the endpoint is on the page's own host. Raises
    Unanswered."""
    try:
        return download(request, follow_redirects=False)
    except httpx.HTTPError as error:
        raise Unanswered(_kind(error)) from error


def _kind(error: httpx.HTTPError) -> str:
    """The kind of failure, as `crawler.outcomes.outcome` names it."""
    words = str(error).lower()
    said = next((kind for kind, marks in _WORDS.items() if any(mark in words for mark in marks)), None)
    return (
        next((kind for cause, kind in _ERRORS.items() if isinstance(error, cause)), None) or said or "network"
    )


def _why(error: OSError) -> str:
    return {ENOENT: "文件不存在", EISDIR: "这是文件夹", EACCES: "没有读取权限"}.get(
        error.errno or 0, "系统拒绝读取"
    )


def read_manifest(manifest: Path) -> list[ManifestLine]:
    """The lines of a manifest (JSON with id, file, kind, url; file from the manifest's folder). Raises WrongInput."""
    try:
        text = manifest.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise WrongInput(f"无法读取清单 {manifest}：不是 UTF-8 编码。") from None
    except OSError as error:
        raise WrongInput(f"无法读取清单 {manifest}：{_why(error)}，请检查路径。") from None
    return list(_manifest_lines(manifest, text))


def _manifest_lines(manifest: Path, text: str) -> Iterator[ManifestLine]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            one = _parsed(manifest, number, line)
            file = manifest.parent / one["file"]
            if not file.is_file():
                raise WrongInput(
                    f"清单 {manifest} 第 {number} 行的文件 {one['file']} 不存在，没有读取任何页面。"
                )
            yield ManifestLine(
                str(one.get("id") or one["file"]), file, one.get("url") or "", one.get("kind") or ""
            )


def _parsed(manifest: Path, number: int, line: str) -> dict[str, Any]:
    try:
        one = json.loads(line)
    except ValueError:
        one = None
    if not isinstance(one, dict) or not isinstance(one.get("file"), str):
        raise WrongInput(f"清单 {manifest} 第 {number} 行无法识别，应为含 id、file、kind、url 的 JSON 对象。")
    wrong = [key for key in ("url", "kind") if not isinstance(one.get(key), str | None)]
    if wrong:
        raise WrongInput(f"清单 {manifest} 第 {number} 行的 {wrong[0]} 应为文字，没有读取任何页面。")
    return one
