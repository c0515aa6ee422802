"""Files and folders that hold citizens' data are their owner's alone: 0600 and 0700, whatever the umask. What was there before
keeps its mode: an office may have opened it on purpose. It is told."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

OWNERS_ALONE = 0o077
FILE = 0o600


@contextmanager
def owners_alone() -> Iterator[None]:
    """What is made meanwhile is its owner's alone. (A command sets this once, for all it makes.)"""
    before = os.umask(OWNERS_ALONE)
    try:
        yield
    finally:
        os.umask(before)


def place(path: Path, content: bytes) -> Path:
    """Puts a file in place whole or not at all, its owner's alone. It is written under a name that nobody can have laid out
    a symbolic link for, and what stands at `path` is replaced, not followed."""
    with owners_alone():
        path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        return Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def open_to_others(paths: Iterable[Path]) -> list[Path]:
    """Those that other users of the machine can read or change, or that belong to another user."""
    return [path for path in paths if path.exists() and _is_open(path)]


def _is_open(path: Path) -> bool:
    status = path.stat()
    return bool(status.st_mode & OWNERS_ALONE) or status.st_uid != os.geteuid()
