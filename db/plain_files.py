"""What stands at a path that somebody typed, and reading it without waiting: a device or a pipe is said to be one, and never opened."""

import errno
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from db.error_words import in_chinese

READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
NOTHING_THERE = "没有这个文件"
# What stands at a path and is no file. A device or a pipe may never end; whoever opened it would wait, or fill the memory.
NO_FILES: Sequence[tuple[Callable[[int], bool], str]] = (
    (stat.S_ISDIR, "是目录"),
    (stat.S_ISCHR, "是设备而不是文件"),
    (stat.S_ISBLK, "是设备而不是文件"),
    (stat.S_ISFIFO, "是管道而不是文件"),
    (stat.S_ISSOCK, "是套接字而不是文件"),
)


def why_no_file(path: Path) -> str:
    """What keeps a path from being a file, in Chinese; "" for a file, or a link to one."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "是失效的链接" if path.is_symlink() else NOTHING_THERE
    except OSError as error:
        return in_chinese(error)
    except ValueError:  # NUL, half a surrogate pair
        return NOTHING_THERE
    return next((words for is_one, words in NO_FILES if is_one(mode)), "")


def begins_with(path: Path, mark: bytes) -> bool:
    """Whether a file's first bytes are these. Raises OSError."""
    with os.fdopen(os.open(path, READING), "rb") as file:
        return file.read(len(mark)) == mark


def read_at_most(path: Path, most: int) -> bytes | None:
    """What a file holds; None where that is more than `most` bytes, whatever size the system states (for some files it
    states none). A pipe, or a file of the system's that has nothing to say yet, is not waited for. Raises OSError."""
    with os.fdopen(os.open(path, READING), "rb") as file:
        if os.fstat(file.fileno()).st_size > most:
            return None
        content: bytes | None = file.read(most + 1)
    if content is None:
        raise BlockingIOError(errno.EAGAIN, "nothing yet")
    return None if len(content) > most else content
