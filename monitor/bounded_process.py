"""A command in a process group of its own, with a deadline: what does not come back is ended with all that it started."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

# Seconds between being asked to end and being ended: a crawl then still writes what it has read.
LAST_WORDS = 10.0


def run_until(
    command: Sequence[str], environment: Mapping[str, str], seconds: float, quiet: bool = False
) -> int | None:
    """The exit status of a command, whose standard output goes to our standard error (`quiet`: nothing that it says goes
    anywhere); None where its time was over and it was ended. Whatever ends us (Ctrl-C, an error) ends it too; locks that it
    or its children held die with them."""
    # A session of its own, so that its children can be told from ours; a terminal's Ctrl-C then reaches us alone.
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603
        command,
        env=environment,
        stdin=nowhere,
        stdout=nowhere if quiet else sys.stderr,
        stderr=nowhere if quiet else None,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the whole group: a crawl's children (a browser, a reader of files) must not outlive it either."""
    if process.poll() is None:
        _signal(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(LAST_WORDS)
    _signal(process.pid, signal.SIGKILL)
    # One that waits for a disk or a network drive that hangs dies only when that answers: nobody waits for it.
    with suppress(subprocess.TimeoutExpired):
        process.wait(LAST_WORDS)


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
