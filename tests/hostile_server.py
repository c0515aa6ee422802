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
    "a gzip bomb": (packed("gzip", _bomb(31)), {"too_large"}),
    "a deflate bomb": (packed("deflate", _bomb(15)), {"too_large"}),
    "a raw deflate bomb": (packed("deflate", _bomb(-15)), {"too_large"}),
    "a bomb in a bomb": (packed("gzip, gzip", gzip.compress(_bomb(31))), {"too_large"}),
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
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()
