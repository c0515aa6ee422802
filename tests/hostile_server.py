"""A server on loopback that answers as no server should: slowly, endlessly, packed a thousand times over."""

import gzip
import socket
import socketserver
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache

import brotli
from backports import zstd

Answer = Callable[[socket.socket], None]
PIECE = 0.05  # seconds between two pieces of a slow answer
LASTS = 60.0  # seconds: then even the endless ones give up
BOMB = 200_000_000  # bytes, unpacked
PAGE = "<html><head><title>某县</title></head><body><p>某县人民政府</p></body></html>".encode()


def whole(body: bytes = PAGE, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "Connection: close", *headers, "", ""]).encode() + body


def says(answer: bytes) -> Answer:
    return lambda connection: connection.sendall(answer)


def packed(coding: str, body: bytes) -> Answer:
    return says(whole(body, "200 OK", f"Content-Encoding: {coding}"))


def drips(begin: bytes, piece: bytes, pause: float = PIECE) -> Answer:
    """A beginning, and then piece after piece."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(begin)
        end = time.monotonic() + LASTS
        while time.monotonic() < end:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def resets(begin: bytes) -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.sendall(begin)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return answer


def bombs(coding: str, body: Callable[[], bytes]) -> Answer:
    """What is packed only when it is asked for: seconds that most tests need not wait."""
    made = cache(lambda: whole(body(), "200 OK", f"Content-Encoding: {coding}"))
    return lambda connection: connection.sendall(made())


def _bomb(window: int) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, window)
    piece = bytes(1_000_000)
    return b"".join(packing.compress(piece) for _ in range(BOMB // len(piece))) + packing.flush()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
MEGABYTE = b"x" * 1_000_000
# Attack → its answer and how a client must name it. Never is anything of it taken for a page.
ATTACKS: dict[str, tuple[Answer, set[str]]] = {
    "silence": (drips(b"", b"", 1.0), {"timeout"}),
    "headers a byte at a time": (drips(HEAD, b"X"), {"timeout"}),
    "a status line a byte at a time": (drips(b"HTTP/1.", b"1"), {"timeout", "reset", "network"}),
    "a body a byte at a time": (drips(HEAD + b"Content-Length: 100000\r\n\r\n", b"x"), {"timeout"}),
    "an endless body": (drips(HEAD + b"\r\n", MEGABYTE, 0), {"too_large"}),
    "an endless chunked body": (drips(CHUNKED, b"f4240\r\n" + MEGABYTE + b"\r\n", 0), {"too_large"}),
    "chunks of one byte without end": (drips(CHUNKED, b"1\r\nx\r\n"), {"timeout"}),
    "a chunk whose size has no end": (drips(CHUNKED, b"0" * 5000, 0), {"reset", "network", "data_loss", "too_large"}),
    "a chunk's extension without end": (
        drips(CHUNKED + b"1;", b"x" * 5000, 0), {"reset", "network", "data_loss", "too_large"},
    ),
    "trailers without end": (
        drips(CHUNKED + b"1\r\nx\r\n0\r\n", b"X-T: " + b"x" * 5000 + b"\r\n", 0),
        {"reset", "network", "data_loss", "too_large", "timeout"},
    ),
    "megabytes of headers": (drips(HEAD, b"X-A: " + b"x" * 8000 + b"\r\n", 0), {"too_large"}),
    "a header line without end": (drips(HEAD + b"X-A: ", b"x" * 8000, 0), {"too_large", "reset", "network"}),
    "interim answers without end": (drips(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100, 0), {"timeout", "too_large"}),
    "a length of petabytes": (says(HEAD + b"Content-Length: 1125899906842624\r\n\r\nx"), {"too_large", "reset", "data_loss"}),
    "two lengths": (says(HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nabcdefghi"), {"reset", "network", "data_loss"}),
    "a reset in the body": (resets(HEAD + b"Content-Length: 100000\r\n\r\nabc"), {"reset", "data_loss", "network"}),
    "an end in the body": (says(HEAD + b"Content-Length: 100000\r\n\r\nabc"), {"reset", "data_loss", "network"}),
    "a gzip bomb": (bombs("gzip", lambda: _bomb(31)), {"too_large"}),
    "a deflate bomb": (bombs("deflate", lambda: _bomb(15)), {"too_large"}),
    "a raw deflate bomb": (bombs("deflate", lambda: _bomb(-15)), {"too_large"}),
    "a bomb in a bomb": (bombs("gzip, gzip", lambda: gzip.compress(_bomb(31))), {"too_large"}),
    "packed a thousand times": (packed("gzip," * 1000 + "gzip", gzip.compress(PAGE)), {"too_large", "network"}),
    "a million empty members": (packed("gzip", gzip.compress(b"") * 500_000), {"too_large"}),
    "a redirect to itself": (says(whole(b"", "302 Found", "Location: /a%20redirect%20to%20itself")), {"redirect_loop"}),
    "a redirect to this machine": (says(whole(b"", "302 Found", "Location: http://127.0.0.1:9/")), {"private_address"}),
    "a redirect to a number": (says(whole(b"", "301 Moved", "Location: http://2130706433:9/")), {"private_address"}),
    "a redirect to metadata": (says(whole(b"", "307 X", "Location: http://169.254.169.254/latest")), {"private_address"}),
    "a redirect to a file": (says(whole(b"", "302 Found", "Location: file:///etc/passwd")), {"bad_address", "network"}),
    "a redirect to a name with a user": (
        says(whole(b"", "302 Found", "Location: http://www.gov.example@127.0.0.1:9/")), {"bad_address", "private_address"},
    ),
}  # fmt: skip


def endlessly_on(connection: socket.socket) -> None:
    """A chain of redirects, each to another address."""
    connection.sendall(whole(b"", "302 Found", f"Location: /a%20chain%20without%20end?{time.monotonic_ns()}"))


# Answers that are one of a kind each, and what a crawl must call them. Never is anything of them taken for an empty list.
ODD_ANSWERS: dict[str, tuple[Answer, set[str]]] = {
    "a brotli bomb": (bombs("br", lambda: brotli.compress(bytes(BOMB), quality=1)), {"too_large"}),
    "a zstd bomb": (bombs("zstd", lambda: zstd.compress(bytes(BOMB))), {"too_large"}),
    "a zstd window of gigabytes": (
        packed("zstd", b"\x28\xb5\x2f\xfd\x00\xa8" + b"\x01\x00\x00" * 9), {"network", "too_large", "data_loss"},
    ),
    "no gzip": (packed("gzip", PAGE), {"network", "data_loss"}),
    "no brotli": (packed("br", PAGE), {"network", "data_loss"}),
    "a coding that nobody knows": (packed("x" * 9000, PAGE), {"no_rows"}),
    "not modified": (says(whole(b"", "304 Not Modified")), {"http_other"}),
    "no content": (says(b"HTTP/1.1 204 No Content\r\n\r\n"), {"http_other"}),
    "nothing at all": (says(whole(b"")), {"empty_body"}),
    "HTTP of 1991": (says(PAGE), {"reset", "network"}),
    "TLS on a plain port": (says(b"\x15\x03\x03\x00\x02\x02\x28" * 40), {"reset", "network"}),
    "another protocol": (drips(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", b"\x81\x01x"), {"timeout", "reset"}),
    "a status of one figure": (says(whole(PAGE, "2 OK")), {"reset", "network"}),
    "a status of millions": (says(whole(PAGE, "2000000 OK")), {"reset", "network"}),
    "a negative length": (says(HEAD + b"Content-Length: -5\r\n\r\nabcde"), {"reset", "network", "data_loss"}),
    "a negative chunk": (says(CHUNKED + b"-5\r\nabcde\r\n0\r\n\r\n"), {"reset", "network", "data_loss"}),
    "a pause of a year": (says(whole(b"", "429 X", "Retry-After: 31536000")), {"http_429"}),
    "a pause to a day": (says(whole(b"", "503 X", "Retry-After: Fri, 31 Dec 2099 23:59:59 GMT")), {"http_503"}),
    "a pause in no number": (says(b"HTTP/1.1 429 X\r\nRetry-After: \xb2\r\nContent-Length: 0\r\n\r\n"), {"http_429"}),
    "a pause to no day": (says(whole(b"", "429 X", "Retry-After: Mon, 01 Jan 2020 00:00:00 +" + "9" * 30)), {"http_429"}),
    "cookies without end": (drips(HEAD, b"Set-Cookie: " + b"x" * 3000 + b"=1\r\n", 0), {"too_large"}),
    "a redirect to no address": (says(whole(b"", "302 Found", "Location: http://[::1")), {"network"}),
    "a redirect to a name of dots": (says(whole(b"", "302 Found", "Location: http://127..0.0.1/")), {"bad_address"}),
    "a redirect of a hundred kilobytes": (says(whole(b"", "302 Found", "Location: /" + "x" * 100_000)), {"reset"}),
    "a chain without end": (endlessly_on, {"redirect_loop"}),
    "a refresh to itself": (
        says(whole(b'<meta http-equiv="refresh" content="0;url=/a%20refresh%20to%20itself">')), {"redirect_loop"},
    ),
    "a refresh to this machine": (says(whole(b'<meta http-equiv="refresh" content="0;url=//127.1:9/">')), {"private_address"}),
    "one tag of attributes": (says(whole(b"<p " + b" ".join(b"a%d" % n for n in range(50_000)) + b">")), {"too_costly"}),
    "nested without end": (says(whole(b"<div>" * 200_000)), {"too_costly"}),
}  # fmt: skip
# What no page is right or wrong by: headers that a client must leave as they are.
ODD_HEADERS = [
    "Date: Mon, 01 Jan 2020 00:00:00 +99999999999999999999",
    "Date: x\r\nAge: -1",
    "Age: " + "9" * 400 + "\r\nDate: Mon, 01 Jan 2020 00:00:00 GMT",
    "Age: 86399999999999\r\nDate: Tue, 16 May 2023 00:00:00 GMT",
    "Retry-After: \u00b2",
    "Set-Cookie: a=b; expires=" + "0" * 3000 + "; Domain=.gov.cn",
    "\r\n".join(f"Set-Cookie: c{n}={n}; Max-Age={'9' * 50}" for n in range(2000)),
    "ETag: " + "x" * 9000 + "\r\nLast-Modified: " + "y" * 9000,
    "Refresh: 0;url=http://127.0.0.1:9/",
    "Location: http://127.0.0.1:9/",
    "Link: <http://127.0.0.1:9/>; rel=preload",
    "Content-Location: http://127.0.0.1:9/",
    'Alt-Svc: h2="127.0.0.1:9"',
]


@dataclass
class Hostile:
    """`asked` counts the paths; what is not an attack is answered by `page`, which may say None for 404."""

    page: Callable[[str], bytes | None] = lambda _path: PAGE
    asked: Counter[str] = field(default_factory=Counter)

    def answer(self, connection: socket.socket, path: str) -> None:
        self.asked[path] += 1
        attack = path.strip("/").replace("%20", " ").partition("?")[0]
        if attack in ATTACKS:
            ATTACKS[attack][0](connection)
            return
        body = self.page(path)
        connection.sendall(whole(body) if body is not None else whole(b"", "404 Not Found"))


@contextmanager
def serving(hostile: Hostile) -> Iterator[int]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                head = b""
                while b"\r\n\r\n" not in head and (piece := self.request.recv(65_536)):
                    head += piece
                if head:
                    hostile.answer(self.request, head.split(b" ", 2)[1].decode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()
