"""The process that has the parsers imported and forks a bounded child for each file (see `crawler.documents.sandbox`).

It ends when its owner does: their line closes. A child never outlives it by more than its own limits."""

import gc
import importlib
import json
import os
import pickle
import re
import resource
import select
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

from crawler.documents.sandbox import ANSWER, ENDS, REQUEST, Json, Limits, Stop, Work, receive
from rules.errors import WrongInput

# numpy is none of them: openpyxl would import it, and each child would carry it.
PARSERS = ("crawler.documents.formats", "crawler.documents.scanning")
FEWEST_FILES = 16  # descriptors: what a late import opens
NEARLY_FULL = 24_000_000  # bytes: what was asked for at once and refused is seldom more
SWOLLEN = 70  # exit status of a child without memory; any other but 0 is a crash
_TIMED_OUT = frozenset({signal.SIGPROF, signal.SIGXCPU, signal.SIGALRM})
Call = tuple[Work, tuple[object, ...]]


def serve() -> None:
    """Answers requests on standard input, a socket, until it closes."""
    _take_signals()
    sys.modules["numpy"] = None  # type: ignore[assignment]
    for name in PARSERS:
        importlib.import_module(name)
    gc.freeze()
    with socket.socket(fileno=0) as line, suppress(EOFError, ConnectionError):
        while True:
            processor, clock, memory, answer, *lengths = REQUEST.unpack(receive(line, REQUEST.size))
            call: Call = pickle.loads(receive(line, lengths[0]))  # noqa: S301 - our owner's
            _import_late(call[0])
            body = receive(line, lengths[1])
            end, said = _in_child(line, call, body, Limits(processor, clock, int(memory), int(answer)))
            del body
            line.sendall(ANSWER.pack(ENDS.index(end), len(said)) + said)


def _import_late(work: Work) -> None:
    """What a work imports only where it runs, named by its module in PARSED_WITH: imported here once, and not by each
    child on its file's time."""
    missing = [
        name for name in getattr(sys.modules[work.__module__], "PARSED_WITH", ()) if name not in sys.modules
    ]
    for name in missing:
        importlib.import_module(name)
    if missing:
        gc.freeze()


def _take_signals() -> None:
    """What the owner ignores or blocks is inherited: then no child could be waited for, no timer would end it."""
    for one in (signal.SIGCHLD, *_TIMED_OUT):
        signal.signal(one, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _in_child(line: socket.socket, call: Call, body: bytes, limits: Limits) -> tuple[Stop | None, bytes]:
    """Why it was stopped, if it was; else what it said."""
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no process is left, or no memory
        os.close(reading)
        os.close(writing)
        return Stop.NOT_RUN, b""
    if not child:
        os.close(reading)
        _be_child(call, body, writing, limits)
    os.close(writing)
    try:
        stop, said = _gather(line.fileno(), reading, limits)
    except EOFError:
        os.kill(child, signal.SIGKILL)
        raise
    os.close(reading)
    if stop is not None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    stop = stop or _why(status)
    return stop, b"" if stop else bytes(said)


def _gather(line: int, pipe: int, limits: Limits) -> tuple[Stop | None, bytearray]:
    """What comes down the pipe. Raises EOFError where the owner has gone: then nobody waits for the answer."""
    until, said = time.monotonic() + limits.clock, bytearray()
    while (left := until - time.monotonic()) > 0:
        ready, _, _ = select.select([pipe, line], [], [], left)
        if line in ready:
            raise EOFError
        if ready:
            piece = os.read(pipe, 1 << 20)
            if not piece:
                return None, said
            said += piece
            if len(said) > limits.answer:
                return Stop.ANSWER, said
    return Stop.TIME, said


def _why(status: int) -> Stop | None:
    """What a child died of. Nobody but the system, short of memory, kills one that was not stopped."""
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return None
    if -code in _TIMED_OUT:
        return Stop.TIME
    return Stop.MEMORY if code in (SWOLLEN, -signal.SIGKILL) else Stop.CRASH


def _be_child(call: Call, body: bytes, writing: int, limits: Limits) -> None:
    """Does the work and ends: never returns."""
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.close(nothing)
        _bound(limits)
        said = json.dumps(_said(call, body), ensure_ascii=False).encode("utf-8", "replace")
        with open(writing, "wb", closefd=False) as pipe:
            pipe.write(said)
    except MemoryError:
        os._exit(SWOLLEN)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _said(call: Call, body: bytes) -> Json:
    work, arguments = call
    try:
        return {"value": work(body, *arguments)}
    except MemoryError:
        raise
    except Exception as error:  # parsers raise whatever a broken file leads them to
        if _was_full():
            raise MemoryError from error
        if isinstance(error, WrongInput):
            return {"wrong": str(error)}
        return {"fault": "".join(traceback.format_exception(error, limit=-20))[-4000:]}


def _was_full() -> bool:
    """Whether this process ever came near its limit: libxml2 calls a file broken for which it had no memory."""
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    return most != resource.RLIM_INFINITY and most - _held("VmPeak") < NEARLY_FULL


def _bound(limits: Limits) -> None:
    """The limits of this process. The timers end it where it stands; what the system counts stands behind them."""
    signal.setitimer(signal.ITIMER_PROF, limits.processor)
    signal.setitimer(signal.ITIMER_REAL, limits.clock)
    seconds = int(time.process_time() + limits.processor) + 1
    for what, most in (
        (resource.RLIMIT_AS, _held() + limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FEWEST_FILES),
    ):
        with suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(what, (most, most))


def _held(what: str = "VmSize") -> int:
    """Bytes of address space that this process holds, or held at most (VmPeak); where the system does not tell, about
    what it does."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 1_000_000_000
    found = re.search(rf"^{what}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 1_000_000_000
