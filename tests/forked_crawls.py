"""The crawls of a night, forked from a process that has everything imported, as the night itself is: started from
nothing each would import for longer than it crawls. That they end in time, with all that they started, is shown with
real ones in tests/test_night_limits.py."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

Command = Callable[[Sequence[str]], None]


def forked_crawls(run: Command) -> Callable[..., int]:
    """What stands for `run_until`; `run` runs `gongkai ARGUMENTS` and exits. The process that forks is itself forked at
    once, before this one opens a database: SQLite's locks are a process's own."""
    ours, theirs = Pipe()
    if os.fork() == 0:
        ours.close()
        _fork_crawls(theirs, run)
    theirs.close()

    def crawl(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> int:
        assert command[1:3] == ["-m", "monitor"]
        ours.send((command[3:], dict(environment)))
        return int(ours.recv())

    return crawl


def _fork_crawls(line: "Connection[Any, Any]", run: Command) -> None:
    with suppress(EOFError):
        while True:
            arguments, environment = line.recv()
            child = os.fork()
            if child == 0:
                _crawl(arguments, environment, run)
            line.send(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    os._exit(0)


def _crawl(arguments: Sequence[str], environment: Mapping[str, str], run: Command) -> None:
    os.dup2(2, 1)  # what a crawl prints goes to the night's standard error
    os.environ.clear()
    os.environ.update(environment)
    status = 70
    try:
        run(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.stdout.flush()
        os._exit(status)
