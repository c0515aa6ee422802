"""What Scrapy and Twisted leave without a limit in one answer: its headers, how often it is packed, its cookies. (Time, the
body's size and the size unpacked are limited by settings.)"""

from collections.abc import Callable
from typing import Any, Self

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import HtmlResponse, Response
from scrapy.robotstxt import ProtegoRobotParser
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.iweb import IResponse

from crawler.fetching.inflating import MOST_CODINGS, MOST_MEMBERS

# Bytes of status line and headers, interim answers (1xx) among them; servers themselves accept 8 to 64 kB.
MOST_HEADERS = 256 * 1024
# Names that one host may set in a crawl, and bytes of one; browsers keep about as many.
MOST_COOKIES = 100
LONGEST_COOKIE = 4096
# Bytes of a robots.txt (RFC 9309): what stands behind them is left, for every rule is asked about every address.
LONGEST_ROBOTS = 512_000
# Bytes in which 4,096 characters stand in any encoding.
LONGEST_HEAD = 4 * 4096
# What gzip members, zstd frames and zstd's skippable frames begin with.
_MEMBERS = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x2a\x4d\x18")


class TooLongHeaders(Exception):
    """More than MOST_HEADERS. Its name stands in the failure that Scrapy makes of it."""


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """One connection; what comes before the body is counted anew for each request."""

    _before_body = 0

    def __init__(self, quiescent: Callable[[Any], None], sent: Callable[[str], None]) -> None:
        super().__init__(quiescent)  # type: ignore[no-untyped-call]
        self._sent = sent

    def request(self, request: Any) -> Deferred[IResponse]:
        self._before_body = 0
        self._sent(request.headers.getRawHeaders(b"host", [b""])[0].decode("latin-1"))
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  (Twisted's name)
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._before_body += len(data)
            if self._before_body > MOST_HEADERS + len(data):
                self._giveUp(Failure(TooLongHeaders()))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class BoundedFactory(_LenientHTTP11ClientFactory):
    """`sent` is told the host (with port) of each request as it goes out, when names are looked up and connections made."""

    noisy = False

    def __init__(self, sent: Callable[[str], None], quiescent: Callable[[Any], None], told: str) -> None:
        super().__init__(quiescent, told)  # type: ignore[no-untyped-call]
        self._sent = sent

    def buildProtocol(self, _address: Any) -> BoundedProtocol:  # noqa: N802  (Twisted's name)
        return BoundedProtocol(self._quiescentCallback, self._sent)


class BoundedRobots(ProtegoRobotParser):
    """The beginning of a robots.txt (ROBOTSTXT_PARSER)."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        return super().from_crawler(crawler, robotstxt_body[:LONGEST_ROBOTS])


def check_packing(response: Response) -> None:
    """Refuses a body that is packed again and again, or of more members than any file: each costs time and is nothing.
    Raises DownloadCancelledError, as of one that is too large."""
    codings = b",".join(response.headers.getlist("Content-Encoding")).split(b",")
    if len(codings) > MOST_CODINGS:
        raise DownloadCancelledError(f"{len(codings)} content codings")
    if any(codings) and any(response.body.count(begin) > MOST_MEMBERS for begin in _MEMBERS):
        raise DownloadCancelledError("too many members")


class HeadMetaRefresh(MetaRefreshMiddleware):
    """Scrapy's, which looks at a page's first 4,096 characters, and has its whole text made and held for that."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        if not isinstance(response, HtmlResponse):
            return response
        head = response.replace(body=response.body[:LONGEST_HEAD])
        answer: Request | Response = super().process_response(request, head)
        return response if answer is head else answer


class CookieNames:
    """Of each host, the names of the cookies that it set: past so many only those that are known are set anew."""

    def __init__(self) -> None:
        self._names: dict[str, set[bytes]] = {}

    def bound(self, host: str, response: Response) -> None:
        """Leaves in an answer the cookies that are kept."""
        said = response.headers.getlist("Set-Cookie")
        if not said:
            return
        names, kept = self._names.setdefault(host, set()), []
        for cookie in said:
            name = cookie.partition(b"=")[0].strip()
            if len(cookie) <= LONGEST_COOKIE and (name in names or len(names) < MOST_COOKIES):
                names.add(name)
                kept.append(cookie)
        if len(kept) < len(said):
            response.headers.setlist("Set-Cookie", kept)
