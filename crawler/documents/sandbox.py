"""Parsing what strangers wrote, in a process that may die of it: bounded memory, processor time, time and answer.

`run_bounded` hands a file's bytes to a server process (`crawler.documents.sandbox_server`) that has the parsers imported
and forks one child a file. The child's answer is JSON, so that nothing it says is ever executed here; its death is an
exception of the error tree. One file at a time: whoever must not wait calls from a thread."""

import atexit
import json
import logging
import os
import pickle
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from rules.errors import GongkaiError, WrongInput

Json = Any
Work = Callable[..., Json]

REQUEST = struct.Struct("!dddQQQ")  # the limits, then how many bytes of call and of file follow
ANSWER = struct.Struct("!BQ")  # how it ended (an index into ENDS), how many bytes of answer follow
# A server that has to be started on a busy machine first imports its parsers.
LONGEST_START = 60.0
# Python's own settings and the system's for libraries and letters; no secret of the office's.
_VARIABLES = ("PYTHON", "COVERAGE", "LC_", "LANG", "LD_", "DYLD_", "TZ")
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from crawler.documents.sandbox_server import serve; serve()"
)


class Stop(StrEnum):
    """Why a parser was stopped; the name is the cause, the value what a user is told of the file."""

    TIME = "文件过于复杂，读取超时，已停止读取"
    MEMORY = "文件展开后占用内存过多，已停止读取"
    ANSWER = "文件内容过多，已停止读取"
    CRASH = "文件已损坏，读取中断"
    NOT_RUN = "读取文件的程序没有能够运行（内存、进程或文件句柄不足），文件没有读取"


ENDS = (None, *Stop)


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one file: seconds of processor time and of the clock; bytes of memory beyond what the server holds (not
    enforced by macOS) and of the answer."""

    processor: float = 3.5
    clock: float = 60.0
    memory: int = 160_000_000
    answer: int = 16_000_000


LIMITS = Limits()


class ParserStopped(GongkaiError):
    """A parser was stopped or died; `stop` says of what."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(f"{stop.value}。")
        self.stop = stop


def run_bounded(work: Work, body: bytes, *arguments: object, limits: Limits | None = None) -> Json:
    """What `work(body, *arguments)` returns, which must be JSON; `work` is a function of a module, the arguments can be
    pickled. Raises the WrongInput that it raises, and ParserStopped where it dies, spins or swells, or raises
    anything else."""
    call = pickle.dumps((work, arguments))
    with _turn:
        end, answer = _exchange(call, body, limits or LIMITS)
    if end is not None:
        raise ParserStopped(end)
    said = json.loads(answer)
    if "fault" in said:
        logging.getLogger(__name__).info("A parser failed: %s", said["fault"])
        raise ParserStopped(Stop.CRASH)
    if "wrong" in said:
        raise WrongInput(said["wrong"])
    return said["value"]


@dataclass(frozen=True, slots=True)
class _Server:
    process: subprocess.Popen[bytes]
    line: socket.socket
    owner: int

    def ask(self, call: bytes, body: bytes, limits: Limits) -> tuple[Stop | None, bytes]:
        self.line.settimeout(limits.clock + LONGEST_START)
        head = REQUEST.pack(
            limits.processor, limits.clock, limits.memory, limits.answer, len(call), len(body)
        )
        for piece in (head, call, body):
            self.line.sendall(piece)
        end, length = ANSWER.unpack(receive(self.line, ANSWER.size))
        return ENDS[end], receive(self.line, min(length, limits.answer))

    def stop(self) -> None:
        """Its death ends a child of its, too. A process that was forked from the owner leaves it alone."""
        self.line.close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


_turn = threading.Lock()
_server: _Server | None = None


def _exchange(call: bytes, body: bytes, limits: Limits) -> tuple[Stop | None, bytes]:
    """One file read. No file ends the server, only its child: whose server has died, or cannot be started, asks once
    more, and says then that it is not the file's fault."""
    for _ in range(2):
        try:
            return _running().ask(call, body, limits)
        except TimeoutError:
            _give_up()
            return Stop.TIME, b""
        except (OSError, EOFError):
            _give_up()
        except BaseException:  # interrupted in the midst of an answer
            _give_up()
            raise
    return Stop.NOT_RUN, b""


def _running() -> _Server:
    """This process's server. Raises OSError where none can be started."""
    global _server  # noqa: PLW0603 - one server a process
    if _server is not None and (_server.owner != os.getpid() or _server.process.poll() is not None):
        _server.stop()
        _server = None
    _server = _server or _start()
    return _server


def _start() -> _Server:
    """A server with the same modules and nothing else of this process: no descriptors, no secrets, no terminal. Raises
    OSError: no descriptors, no process left."""
    ours, theirs = socket.socketpair()
    variables = {name: value for name, value in os.environ.items() if name.startswith(_VARIABLES)}
    try:
        with theirs:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-c", _PROGRAM, *_modules()],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd="/",
                env=variables,
                start_new_session=True,
            )
    except BaseException:
        ours.close()
        raise
    return _Server(process, ours, os.getpid())


def _modules() -> list[str]:
    """Where modules are imported from, whatever folder the server stands in; the one that we stand in may be gone."""
    try:
        here = Path.cwd()
    except OSError:
        here = Path("/")
    return [str(here / folder) for folder in sys.path]


@atexit.register
def _give_up() -> None:
    global _server  # noqa: PLW0603 - one server a process
    if _server is not None:
        _server.stop()
        _server = None


def receive(line: socket.socket, length: int) -> bytes:
    """Exactly so many bytes. Raises EOFError where the other side has gone, TimeoutError."""
    received = bytearray(length)
    view, at = memoryview(received), 0
    while at < length:
        came = line.recv_into(view[at:])
        if not came:
            raise EOFError
        at += came
    view.release()
    return bytes(received)
