"""A county on loopback: real HTTP, with validators, a log of requests, and faults that can be switched on."""

import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import sleep

from demo.answer import Answer
from demo.county import County
from demo.faults import ANSWERS, Faults
from demo.portal_pages import missing

EVERYWHERE = "*"


class Server(ThreadingHTTPServer):
    """`url` is the county's address; `county` may be replaced between two nights; `requests` logs
    (method, path with query, status), 0 where the connection was broken off; `faults` maps a path (with or
    without its query, or "*" for all) to a name of `demo.faults.NAMES`; `delay` is how many seconds "slow"
    takes."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, county: County, port: int = 0, faults: Mapping[str, str] | None = None) -> None:
        self.county = county
        self.faults = Faults(faults)
        self.requests: list[tuple[str, str, int]] = []
        self.delay = 2.0
        self._lock = Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def log(self, method: str, path: str, status: int) -> None:
        with self._lock:
            self.requests.append((method, path, status))

    def fault(self, target: str) -> str | None:
        asked = (self.faults.get(key) for key in (target, target.partition("?")[0], EVERYWHERE))
        return next((name for name in asked if name), None)

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        fault = self.server.fault(self.path)
        usual = self.server.county.answer(self.path)
        if fault == "slow":
            sleep(self.server.delay)
        if fault == "reset":
            self._reset()
        elif fault and fault in ANSWERS:
            self._say(ANSWERS[fault](usual))
        elif usual is None:
            self._say(missing(self.server.county))
        elif not fault and self._unchanged(usual):
            self._say(Answer(b"", status=304, modified=usual.modified), usual)
        else:
            self._say(usual, broken=fault == "truncated")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.do_GET()

    def _unchanged(self, answer: Answer) -> bool:
        """Whether the visitor's copy is good still; If-None-Match goes before If-Modified-Since."""
        if answer.moment is None:
            return False
        if known := self.headers.get("If-None-Match"):
            return answer.etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]
        since = _moment(self.headers.get("If-Modified-Since"))
        return since is not None and since >= answer.moment

    def _say(self, answer: Answer, told: Answer | None = None, broken: bool = False) -> None:
        """Sends `answer` with the validators of `told` (its own unless given); `broken`: half of it."""
        self.send_response(answer.status)
        for name, value in (*answer.headers, *(told or answer).validators):
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.server.log(self.command, self.path, answer.status)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body[: len(answer.body) // 2] if broken else answer.body)
        self.close_connection = self.close_connection or broken

    def _reset(self) -> None:
        """Breaks the connection off, so that the visitor gets a reset and not an end."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.server.log(self.command, self.path, 0)
        self.connection.close()

    def log_message(self, *args: object) -> None:
        """The log is `requests`, not the terminal."""


def _moment(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@contextmanager
def serve(county: County, port: int = 0, faults: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The county at 127.0.0.1 (any free port for 0) until the block is left."""
    server = Server(county, port, faults)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
