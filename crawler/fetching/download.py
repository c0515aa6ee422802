"""One polite download outside a crawl, bounded in size and time."""

import time

import httpx

from crawler.page.page import Page
from crawler.page.values import PageRequest
from crawler.settings import USER_AGENT
from rules.errors import WrongInput

MOST_BYTES = 40_000_000
LONGEST_WAIT = 30.0  # seconds for one answer to begin, or to go on
LONGEST_DOWNLOAD = 120.0


def download(request: PageRequest, *, follow_redirects: bool = True) -> Page:
    """The answer to a request. Raises httpx.HTTPError, httpx.InvalidURL and UnicodeError where nothing comes,
    WrongInput where it is too large or too slow."""
    headers = {"User-Agent": USER_AGENT}
    if request.body is not None:
        headers["Content-Type"] = "application/json"
    form = dict(request.form) if request.form else None
    with (
        httpx.Client(timeout=LONGEST_WAIT, follow_redirects=follow_redirects, headers=headers) as client,
        client.stream(request.method, request.url, data=form, content=request.body) as answer,
    ):
        body = _bounded(answer)
    named = {name.lower(): value for name, value in answer.headers.items()}
    return Page(str(answer.url), body, answer.status_code, named, request.url)


def _bounded(answer: httpx.Response) -> bytes:
    started, body = time.monotonic(), bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > MOST_BYTES or time.monotonic() - started > LONGEST_DOWNLOAD:
            raise WrongInput("这个地址返回的内容过大或过慢，已放弃下载。")
    return bytes(body)
