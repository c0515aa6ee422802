"""The client of everything that is asked outside the spiders: a page on demand, a home page's probe, an outbound link, a
robot's message. Each request has one deadline from the first look-up to the last byte, a limit of size before and after
unpacking, a bounded number of redirects, and goes only where `Destinations` lets it, hop by hop."""

import ssl
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import httpcore
import httpx

from crawler.fetching.destinations import Destinations, FetchFailed
from crawler.fetching.inflating import TooLarge, Undecodable, inflated
from crawler.fetching.resolving import CheckedHosts, Resolve, system_addresses
from crawler.page.page import Page
from crawler.page.values import PageRequest
from crawler.settings import LONGEST_WAITED, REDIRECT_MAX_TIMES, USER_AGENT
from crawler.sites.hosts import proxy_for

MOST_BYTES = 40_000_000
# No coding is asked for that `inflated` cannot unpack; and no answer of a cache's, of yesterday.
HEADERS = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", "Cache-Control": "no-cache"}
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (httpx.TimeoutException, "timeout"),
    (httpx.TooManyRedirects, "redirect_loop"),
    (httpx.DecodingError, "data_loss"),
    (httpx.UnsupportedProtocol, "bad_address"),
    (httpx.InvalidURL, "bad_address"),
    (UnicodeError, "bad_address"),
)
_WORDS = {
    "refused": ("refused",),
    "tls": ("ssl", "certificate", "tls"),
    "no_route": ("unreachable", "no route"),
    "too_large": ("receive buffer too long",),  # headers without end
}
_BROKEN_OFF = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


class Client:
    """`seconds` and `most_bytes` bound one request. `verify=False` where no secret is asked and a bad certificate is
    told elsewhere. `resolve` is the name server."""

    def __init__(
        self,
        destinations: Destinations,
        *,
        seconds: float = LONGEST_WAITED,
        most_bytes: int = MOST_BYTES,
        verify: bool = True,
        resolve: Resolve = system_addresses,
    ) -> None:
        self._destinations, self._seconds, self._most = destinations, seconds, most_bytes
        self._transport = _Transport(CheckedHosts(destinations, resolve), verify)
        self._client = httpx.Client(transport=self._transport, headers=HEADERS, timeout=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def fetch(self, request: PageRequest, *, follow: bool = True) -> Page:
        """The answer to a request. Raises FetchFailed."""
        return self._ask(request, follow, self._most)

    def head_of(self, url: str, *, follow: bool = True) -> Page:
        """The answer to a request without its body, which is left with the server. Raises FetchFailed."""
        return self._ask(PageRequest(url), follow, 0)

    def _ask(self, asked: PageRequest, follow: bool, most: int) -> Page:
        self._transport.deadline.until = time.monotonic() + self._seconds
        try:
            request: httpx.Request | None = self._request(asked)
            for _hop in range(REDIRECT_MAX_TIMES + 1):
                assert request is not None
                self._destinations.check_url(str(request.url))
                with closing(self._client.send(request, stream=True)) as answer:
                    request = answer.next_request if follow else None
                    if request is None:
                        return _page(asked, answer, most)
        except FetchFailed as error:
            raise type(error)(asked.url, error.kind) from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, TooLarge, Undecodable) as error:
            unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            raise FetchFailed(asked.url, _kind(error), unsent=unsent) from error
        raise FetchFailed(asked.url, "redirect_loop")

    def _request(self, asked: PageRequest) -> httpx.Request:
        headers = {"Content-Type": "application/json"} if asked.body is not None else {}
        form = dict(asked.form) if asked.form else None
        return self._client.build_request(
            asked.method, asked.url, data=form, content=asked.body, headers=headers
        )


def _page(asked: PageRequest, answer: httpx.Response, most: int) -> Page:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    body = b""
    if most:
        packed = bytearray()
        for piece in answer.iter_raw():
            packed += piece
            if len(packed) > most:
                raise TooLarge
        body, kept = inflated(bytes(packed), headers.pop("content-encoding", ""), most)
        headers |= {"content-encoding": kept} if kept else {}
    return Page(str(answer.url), body, answer.status_code, headers, asked.url)


def _kind(error: Exception) -> str:
    """The kind of failure, as `crawler.outcomes.outcome` names it."""
    if isinstance(error, TooLarge):
        return "too_large"
    if isinstance(error, Undecodable):
        return "data_loss"
    words = str(error).lower()
    said = next((kind for kind, marks in _WORDS.items() if any(mark in words for mark in marks)), None)
    broken = "reset" if isinstance(error, _BROKEN_OFF) else "network"
    return next((kind for cause, kind in _KINDS if isinstance(error, cause)), said or broken)


@dataclass(slots=True)
class _Deadline:
    """When the request that is on its way must be over, by the monotonic clock."""

    until: float = 0.0

    def left(self, wanted: float | None) -> float:
        """Seconds that one step may take, `wanted` at most. Raises ReadTimeout where none are left."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return left if wanted is None else min(left, wanted)


class _Transport(httpx.BaseTransport):
    """Connections straight to checked addresses, or to the environment's proxy."""

    def __init__(self, hosts: CheckedHosts, verify: bool) -> None:
        self.deadline = _Deadline()
        self._backend = _CheckedBackend(hosts, self.deadline)
        self._context = httpx.create_ssl_context(verify=verify)
        self._roads: dict[str | None, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        proxy = proxy_for(str(request.url))
        if proxy not in self._roads:
            self._roads[proxy] = self._road(proxy)
        return self._roads[proxy].handle_request(request)

    def close(self) -> None:
        for road in self._roads.values():
            road.close()

    def _road(self, proxy: str | None) -> httpx.HTTPTransport:
        road = httpx.HTTPTransport(verify=self._context, proxy=proxy)
        # httpx has no parameter for what connects, httpcore has.
        road._pool._network_backend = self._backend
        return road


@dataclass(slots=True)
class _CheckedBackend(httpcore.NetworkBackend):
    """Connects to the addresses that were checked, in turn; the name stays in Host, SNI and certificate."""

    hosts: CheckedHosts
    deadline: _Deadline
    sockets: httpcore.SyncBackend = field(default_factory=httpcore.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        last: Exception = httpcore.ConnectError("no address")
        for address in self.hosts.addresses(host.removesuffix("."), port):
            try:
                stream = self.sockets.connect_tcp(
                    address, port, self.deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
            else:
                return _TimedStream(stream, self.deadline)
        raise last


@dataclass(slots=True)
class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends with the request's deadline: a byte a second is no answer."""

    stream: httpcore.NetworkStream
    deadline: _Deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self.stream.start_tls(ssl_context, server_hostname, self.deadline.left(timeout))
        return _TimedStream(inner, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)
