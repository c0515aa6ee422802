"""One polite download outside a crawl, bounded in size and time."""

import time

import httpx

from crawler.page.page import Page
from crawler.settings import USER_AGENT
from rules.errors import WrongInput

MOST_BYTES = 40_000_000
LONGEST_WAIT = 30.0  # seconds for one answer to begin, or to go on
LONGEST_DOWNLOAD = 120.0


def download(address: str) -> Page:
    """The answer of an address, redirects followed. Raises httpx.HTTPError, httpx.InvalidURL and UnicodeError where
    nothing comes, WrongInput where it is too large or too slow."""
    headers = {"User-Agent": USER_AGENT}
    with (
        httpx.Client(timeout=LONGEST_WAIT, follow_redirects=True, headers=headers) as client,
        client.stream("GET", address) as answer,
    ):
        body = _bounded(answer)
    named = {name.lower(): value for name, value in answer.headers.items()}
    return Page(str(answer.url), body, answer.status_code, named, address)


def _bounded(answer: httpx.Response) -> bytes:
    started, body = time.monotonic(), bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > MOST_BYTES or time.monotonic() - started > LONGEST_DOWNLOAD:
            raise WrongInput("这个地址返回的内容过大或过慢，已放弃下载。")
    return bytes(body)
