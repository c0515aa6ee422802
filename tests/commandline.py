"""Running `gongkai` as a user does: a process of its own, a folder of its own.

The processes are forked from one that has everything imported: a thousand interpreters started from nothing would take
longer than what they are started for."""

import csv
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from monitor import terminal
from monitor.cli import app
from monitor.cli.usage import COMMANDS, Table
from tests.forked_crawls import forked_crawls

ROOT = Path(__file__).parent.parent
STREAMS = {"out": 1, "err": 2}


@dataclass(frozen=True)
class Said:
    """What a command did: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Running:
    """A command that was started."""

    process: ForkServerProcess
    said: Path

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def end(self, timeout: float = 240) -> Said:
        """Waits for its end; a command that takes longer is killed and fails the test."""
        self.process.join(timeout)
        in_time = self.process.exitcode is not None
        if not in_time:
            self.process.kill()
            self.process.join()
        out, err = ((self.said / name).read_text("utf-8") for name in STREAMS)
        shutil.rmtree(self.said)
        assert in_time, f"no end within {timeout} s: {out}{err}"
        return Said(self.process.exitcode or 0, out, err)


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "GONGKAI_DATABASE_URL": f"sqlite:///{folder / 'gongkai.db'}",
    }


def gongkai(folder: Path, *arguments: object, timeout: float = 240) -> Said:
    """Runs `gongkai ARGUMENTS` in a folder, with its database there."""
    return start(folder, environment(folder), *arguments).end(timeout)


def start(folder: Path, variables: Mapping[str, str], *arguments: object) -> Running:
    """Starts `gongkai ARGUMENTS` in a folder, with exactly these environment variables."""
    said = Path(tempfile.mkdtemp(prefix="gongkai_said_"))
    command = ([*map(str, arguments)], str(folder), dict(variables), str(said))
    process = _forks().Process(target=_run, args=command)
    process.start()
    return Running(process, said)


def in_process(*arguments: object) -> Said:
    """Runs `gongkai ARGUMENTS` here, where no process of its own, no folder and no variable is the point."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = app.run([*map(str, arguments)])
    return Said(status, out.getvalue(), err.getvalue())


def _forks() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *every_module(), "tests.preloaded"])
    return context


def every_module() -> Iterator[str]:
    """The names of the commands' modules."""
    return (f"{COMMANDS}.{name}" for name in _modules(app.COMMANDS))


def _modules(table: Table) -> Iterator[str]:
    for _, what in table.values():
        yield from [what.partition(":")[0]] if isinstance(what, str) else _modules(what)


def _run(arguments: list[str], folder: str, variables: dict[str, str], said: str) -> None:
    for name, number in STREAMS.items():
        os.dup2(os.open(Path(said) / name, os.O_WRONLY | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    if arguments[:1] == ["nightly"]:
        from monitor.night import night

        night.run_until = forked_crawls(_become)
    _become(arguments)


def _become(arguments: Sequence[str]) -> None:
    sys.argv = ["gongkai", *arguments]
    # Wide enough that no line breaks a number in two; the console is older than this process and its environment.
    terminal.out.width = terminal.err.width = 2000
    app.main()


def counts_file(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
