"""Paths at which no file stands that anybody could read: folders, devices, pipes, loops of links, names that are none."""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

TERABYTES = 10**13


def odd_paths(folder: Path, suffix: str) -> Mapping[str, str]:
    """Name → a path, all below `folder` where it can be, with the ending that is expected. The folder must be short: a
    socket's path is."""
    made = {
        name: folder / f"{name}{suffix}"
        for name in ("folder", "pipe", "line", "loop", "dangling", "sparse", "memory")
    }
    made["folder"].mkdir()
    os.mkfifo(made["pipe"])
    with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.bind(str(made["line"]))
    made["loop"].symlink_to(made["loop"])
    made["dangling"].symlink_to(folder / "nowhere")
    made["memory"].symlink_to("/proc/self/mem")  # a plain file that not even root can read from its beginning
    with made["sparse"].open("wb") as file:
        file.truncate(TERABYTES)
    linked = {}
    for name, device in (
        ("zero", "/dev/zero"),
        ("full", "/dev/full"),
        ("terminal", "/dev/tty"),
        ("kernel", "/proc/kmsg"),
    ):
        (linked_at := folder / f"{name}{suffix}").symlink_to(device)
        linked[f"a link to {device}"] = str(linked_at)
    closed = folder / f"closed{suffix}"
    closed.write_text("x")
    closed.chmod(0)
    return {
        "a folder": str(made["folder"]),
        "a pipe that nobody fills": str(made["pipe"]),
        "a socket": str(made["line"]),
        "a link to itself": str(made["loop"]),
        "a link to nothing": str(made["dangling"]),
        "terabytes of nothing": str(made["sparse"]),
        "what cannot be read": str(made["memory"]),
        **({"a file of another user": str(closed)} if os.geteuid() else {}),
        **linked,
        "an endless device": "/dev/zero",
        "nothing": "/dev/null",
        "nothing there": str(folder / f"none{suffix}"),
        "below a file": f"/dev/null/x{suffix}",
        "an endless name": "长" * 5_000 + suffix,
        "an endless road": "a/" * 5_000 + f"x{suffix}",
        "NUL": f"a\0b{suffix}",
        "half a pair": f"a\ud800{suffix}",
        "a name that acts": f"\x1b[2J\u202ea{suffix}",
        "a name of two lines": f"a\nb{suffix}",
        "an option": f"-{suffix}",
        "another scheme": f"file:///etc/passwd{suffix}",
        "outside": f"../../../../../../../etc/shadow{suffix}",
        "a format": f"{{0}}%s%n{suffix}",
    }  # fmt: skip
