"""Runs `gongkai alert` in forked processes, each killed (SIGKILL) before one of its steps if so asked.

One JSON request a line on standard input: `arguments`, `environment`, `kill` (before which step, counted from 0; null:
never), `here` (not forked, so that all others find what it loads). One answer a line: `code`, the exit status or the
signal, and `steps`, what the process did. A step is whatever the world could notice: a statement that writes, a commit,
bytes sent to the mail server, an answer awaited or received."""

import gc
import json
import os
import signal
import smtplib
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

import monitor.cli.commands.alert
import tests.quick_databases  # noqa: F401 - statements are compiled once
from monitor.cli.error_messages import report_error


class Steps:
    """Writes every step down before it is made, and dies before the chosen one."""

    def __init__(self, book: Path, kill: int | None) -> None:
        self.book, self.kill, self.count = book, kill, 0

    def step(self, name: str) -> None:
        with self.book.open("a") as file:
            file.write(f"{name}\n")
        if self.count == self.kill:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def around(self, owner: Any, method: str, after: str = "") -> None:
        real: Callable[..., Any] = getattr(owner, method)

        def watched(this: Any, *given: Any, **named: Any) -> Any:
            sent = given[0][:4] if method == "send" else b""
            self.step(f"{method} {sent!r}")
            result = real(this, *given, **named)
            if after:
                self.step(after)
            return result

        setattr(owner, method, watched)

    def watch(self) -> None:
        self.around(smtplib.SMTP, "send")
        self.around(smtplib.SMTP, "getreply", "replied")
        self.around(smtplib.SMTP, "connect")
        self.around(DefaultDialect, "do_commit", "committed")
        event.listen(Engine, "before_cursor_execute", self.statement)

    def statement(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("INSERT INTO mails", "UPDATE mails", "UPDATE deliveries")):
            self.step(statement[:24])


def child(request: dict[str, Any], book: Path) -> None:
    os.environ.update(request["environment"])
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    Steps(book, request["kill"]).watch()
    os._exit(command(request))


def command(request: dict[str, Any]) -> int:
    try:
        monitor.cli.commands.alert.alert(**request["arguments"])
    except Exception as error:
        return report_error(error)
    return 0


def warm(request: dict[str, Any]) -> int:
    """Runs a command in this process, so that what it loads and compiles is there in those that are forked."""
    environment = dict(os.environ)
    os.environ.update(request["environment"])
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        status = command(request)
    os.environ.clear()
    os.environ.update(environment)
    gc.collect()
    gc.freeze()
    return status


def serve() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        book = Path(request["book"])
        book.unlink(missing_ok=True)
        if request["here"]:
            print(json.dumps({"code": warm(request), "steps": []}), flush=True)
            continue
        process = os.fork()
        if process == 0:
            child(request, book)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        print(json.dumps({"code": code, "steps": book.read_text().splitlines()}), flush=True)


if __name__ == "__main__":
    serve()
