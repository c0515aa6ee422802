"""Files and folders that hold citizens' data are their owner's alone: 0600 and 0700, whatever the umask. What was there before
keeps its mode: an office may have opened it on purpose. It is told."""

import os
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


# Never what somebody laid out under the name, a symbolic link above all.
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def place(path: Path, content: bytes) -> Path:
    """Puts a file in place whole or not at all, its owner's alone. What stands at `path` is replaced, not followed; what
    an earlier run left behind half-written goes."""
    if not path.parent.is_dir():
        with owners_alone():
            path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(unfinished, NEW, FILE), "wb") as file:
            file.write(content)
        return unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def open_to_others(paths: Iterable[Path]) -> list[Path]:
    """Those that other users of the machine can read or change, or that belong to another user."""
    return [path for path in paths if path.exists() and _is_open(path)]


def _is_open(path: Path) -> bool:
    status = path.stat()
    return bool(status.st_mode & OWNERS_ALONE) or status.st_uid != os.geteuid()
