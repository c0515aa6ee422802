"""Between Scrapy and the readers: turns into requests, responses into pages, failures into their kinds."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from scrapy import FormRequest, Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.fetching.patience import NotAsked
from crawler.page.page import Page
from crawler.page.values import ListPage, PageRequest
from db.recording.earlier_readings import Memory

OK, NOT_MODIFIED = 200, 304
READABLE_STATUSES = [NOT_MODIFIED, *range(400, 600)]
# What OpenSSL says, and service_identity of a certificate that is another host's.
TLS_WORDS = ("SSL", "TLS", "certificate", "VerificationError")
# What the unpacking of a body says of one that grows past DOWNLOAD_MAXSIZE, and `crawler.fetching.bounds` of headers.
SIZE_WORDS = ("DOWNLOAD_MAXSIZE", "TooLongHeaders")
ALWAYS_ASK = {"Cache-Control": "max-age=0"}

KINDS = {
    "CannotResolveHostError": "dns",
    "DownloadConnectionRefusedError": "refused",
    "DownloadTimeoutError": "timeout",
    "ResponseDataLossError": "data_loss",
    "DownloadCancelledError": "too_large",
    "DownloadFailedError": "reset",
    "UnsupportedURLSchemeError": "bad_address",
}


def ask(
    turn: PageRequest,
    callback: Callable[..., Any],
    errback: Callable[..., Any],
    memory: Memory | None = None,
    meta: dict[str, Any] | None = None,
    **kwargs: Any,
) -> Request:
    """A request for a page; conditional where an earlier reading may be repeated."""
    headers = dict(ALWAYS_ASK)
    if memory and memory.etag:
        headers["If-None-Match"] = memory.etag
    if memory and memory.last_modified:
        headers["If-Modified-Since"] = memory.last_modified
    settings: dict[str, Any] = {
        "headers": headers, "callback": callback, "errback": errback, "cb_kwargs": kwargs, "dont_filter": True,
        "meta": meta or {},
    }  # fmt: skip
    if turn.body is not None:
        headers["Content-Type"] = "application/json"
        return Request(turn.url, method="POST", body=turn.body, **settings)
    if turn.method == "POST":
        return FormRequest(turn.url, formdata=dict(turn.form or {}), **settings)
    return Request(turn.url, **settings)


async def fetch(spider: Spider, url: str) -> Response | None:
    """A page that belongs to another one (a row's article, a letter, an attachment), asked for at once; None
    whatever the network did: then the other page simply stays without."""
    engine = spider.crawler.engine
    if engine is None:
        return None
    try:
        return await engine.download_async(Request(url, headers=dict(ALWAYS_ASK), dont_filter=True))
    except Exception:  # every failure of the network has a type of its own
        spider.logger.info("Nothing came from %s", url)
        return None


def headers_of(response: Response) -> dict[str, str]:
    """The answer's headers, names in lower case; the last one of a name that came twice."""
    return {
        name.decode("latin-1").lower(): values[-1].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }


def page_of(response: Response) -> Page:
    """What came, as the readers take it."""
    redirects = response.meta.get("redirect_urls") if response.request else None
    asked = redirects[0] if redirects else response.url
    return Page(response.url, response.body, response.status, headers_of(response), asked)


def kind_of(failure: Failure | Exception) -> str:
    """The kind of a failed request, in the words of `crawler.outcomes.outcome.see_failure`."""
    error = failure.value if isinstance(failure, Failure) else failure
    if isinstance(error, NotAsked):
        return error.kind
    text = str(error)
    if any(word in text for word in SIZE_WORDS):
        return "too_large"
    if "robots.txt" in text:
        return "robots"
    if "redirection" in text:
        return "redirect_loop"
    name = type(error).__name__
    if name == "DownloadFailedError" and any(word in text for word in TLS_WORDS):
        return "tls"
    return KINDS.get(name, "network")


def header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def fingerprint(listing: ListPage[Any]) -> str:
    """Equal as long as a reader would see the same list: rows, dates, totals and the next page; not counters,
    clocks and tokens around them."""
    parts = (
        listing.entries,
        listing.next_page and listing.next_page.url,
        listing.stated_total,
        listing.stated_pages,
    )
    return digest(repr(parts).encode("utf-8", errors="replace"))


def now() -> datetime:
    """The moment of a visit; the day a crawl stands for is its plan's `as_of`."""
    return datetime.now(UTC)
