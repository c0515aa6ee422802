"""The HTTP proxy through which the crawl's browser asks: a browser resolves names itself and follows redirects unasked, so
only who connects for it can keep it from private addresses. On loopback, for as long as the crawl's process lives.

Each connection serves one request (HTTP) or one tunnel (CONNECT, in which TLS stays the browser's and the site's)."""

import asyncio
import re
from contextlib import closing, suppress
from urllib.parse import urlsplit

from crawler.fetching.destinations import FetchFailed, NotAllowed
from crawler.fetching.resolving import CheckedHosts
from crawler.sites.hosts import proxy_for

LONGEST_HEAD = 65_536
PIECE = 65_536
LONGEST = 60.0  # seconds for a connection, whatever it carries
MOST_BYTES = 64_000_000  # and bytes in either direction
OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"


class CheckedProxy:
    """`address` is what the browser is told, once `start` has been called; `refused` the kind of a refusal, until
    somebody takes it away. A refused request gets no answer: any would be taken for the site's."""

    def __init__(self, hosts: CheckedHosts) -> None:
        self._hosts = hosts
        self.address = ""
        self.refused = ""

    async def start(self) -> None:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST_HEAD)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with (
            closing(writer),
            suppress(OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError),
        ):
            async with asyncio.timeout(LONGEST):
                head = await reader.readuntil(b"\r\n\r\n")
                await self._pass_on(head, reader, writer)

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, _, rest = head.decode("latin-1").partition(" ")
        target = rest.partition(" ")[0]
        url = f"https://{target}/" if method == "CONNECT" else target
        try:
            host, port = self._hosts.destinations.check_url(url)
            proxy = urlsplit(proxy_for(url) or "")
            if proxy.hostname:  # it connects for us, and understands what was said to us
                host, port = proxy.hostname, proxy.port or 80
            addresses = await asyncio.to_thread(self._hosts.addresses, host, port)
        except FetchFailed as failed:
            # A browser asks for more than its page: a name not found says less than an address that is forbidden.
            if not self.refused or isinstance(failed, NotAllowed):
                self.refused = failed.kind
            return
        away, out = await asyncio.open_connection(addresses[0], port)
        with closing(out):
            if proxy.hostname:
                out.write(head)
            elif method == "CONNECT":
                writer.write(OPEN)
            else:
                out.write(_of_origin(head, url))
            # What follows a request's body is another request, perhaps for another host.
            most = MOST_BYTES if method == "CONNECT" or proxy.hostname else _body_length(head)
            await asyncio.gather(_pour(reader, out, most), _pour(away, writer, MOST_BYTES))


def _of_origin(head: bytes, url: str) -> bytes:
    """A request's head as an origin server wants it: the path alone, and no further request on this connection."""
    line, _, fields = head.partition(b"\r\n")
    method, _, rest = line.partition(b" ")
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [
        field for field in fields.split(b"\r\n") if not field.lower().startswith((b"connection:", b"proxy-"))
    ]
    first = b" ".join((method, path.encode("latin-1"), rest.rpartition(b" ")[2]))
    return b"\r\n".join((first, b"Connection: close", *kept))


def _body_length(head: bytes) -> int:
    """Bytes of the body that a browser announces behind a request's head: browsers do not send it in chunks."""
    said = re.search(rb"(?i)\r\ncontent-length: *([0-9]{1,12})\r\n", head)
    return int(said[1]) if said else 0


async def _pour(source: asyncio.StreamReader, into: asyncio.StreamWriter, left: int) -> None:
    """Everything from one side to the other, until that side is done. Raises OSError for more than it may send."""
    while piece := await source.read(PIECE):
        left -= len(piece)
        if left < 0:
            raise OSError("too large")
        into.write(piece)
        await into.drain()
    if into.can_write_eof():
        into.write_eof()
