"""A crawl that takes too long and one that does not come back: the first says what it left, the second is ended with all
that it started; the night goes on, and the next one is not locked out."""

import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest

from db.connect import open_database
from monitor.bounded_process import run_until
from monitor.night.night import run_nightly
from tests.commandline import environment, gongkai
from tests.hostile_server import PAGE, Hostile, serving
from tests.test_hostile_crawl import column
from tests.test_unwell_hosts import DAY, causes, crawled, site_of

COLUMNS = 12


def test_a_crawl_whose_time_is_over_says_what_it_left(tmp_path: Path) -> None:
    """Each page takes half a second; there is time for some of them."""

    def slowly(path: str) -> bytes | None:
        time.sleep(0.5)
        return column(path)

    with serving(Hostile(slowly)) as port:
        site = site_of(tmp_path, f"http://127.0.0.1:{port}/", COLUMNS)
        hours(site, 3 / 3600)
        started = time.monotonic()
        said = crawled(site)
    assert said.status == 3
    assert "采集已用完规定的时间" in said.err and "不计零" in said.err
    assert not said.json["finished"]
    told = causes(said)
    assert set(told) == {"out_of_time"} and 0 < told["out_of_time"] < COLUMNS
    assert said.json["columns"]["read"] == COLUMNS - told["out_of_time"]
    assert said.json["columns"]["unreachable"] == told["out_of_time"]
    assert time.monotonic() - started < 60
    # Nothing that was not read is a zero.
    rows = gongkai(tmp_path, "count", site, "2023Q2", "--as-of", DAY, "--json").json
    assert sorted(str(row["count"]) for row in rows) == sorted(
        ["6"] * (COLUMNS - told["out_of_time"]) + ["None"] * told["out_of_time"]
    )


def hours(site: Path, number: float) -> None:
    site.write_text(
        site.read_text("utf-8").replace("timeout = 5", f"timeout = 5, max_hours = {number}"), "utf-8"
    )


STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = os.fork()
if child:
    with open(sys.argv[1], "w") as file:
        file.write(f"{os.getpid()} {child}")
time.sleep(600)
"""


NAUGHTY = {
    "is stopped": ("os.kill(os.getpid(), signal.SIGSTOP)", None),
    "stops its children": ("c = os.fork()\nif c: os.kill(c, signal.SIGSTOP)\ntime.sleep(600)", None),
    "closes every descriptor": ("os.closerange(0, 256)\ntime.sleep(600)", None),
    "is its own grandchild": ("if os.fork(): os._exit(0)\nif os.fork(): os._exit(0)\ntime.sleep(600)", 0),
    "has a hundred children": (
        "for _ in range(100):\n if not os.fork(): time.sleep(600)\ntime.sleep(600)",
        None,
    ),
    # On what run_until gives it: the tests' own standard error is kept in memory.
    "talks without end": (
        "os.dup2(1, 2)\nwhile True: os.write(2, b'x' * 65536); os.write(1, b'x' * 65536)",
        None,
    ),
    "is killed": ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
    "crashes": ("os.kill(os.getpid(), signal.SIGSEGV)", -signal.SIGSEGV),
    "asks for an answer": ("sys.exit(len(sys.stdin.read()) and 7)", 0),
}


@pytest.mark.parametrize("kind", NAUGHTY)
def test_whatever_a_command_does_it_ends_and_leaves_nobody(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("monitor.bounded_process.LAST_WORDS", 0.3)
    code, status = NAUGHTY[kind]
    # What it leaves would carry this variable.
    mark = f"NAUGHTY={tmp_path}"
    with Path(os.devnull).open("w") as nowhere:
        monkeypatch.setattr("sys.stderr", nowhere)
        started = time.monotonic()
        environment_ = {**os.environ, "NAUGHTY": str(tmp_path)}
        ended = run_until([sys.executable, "-c", f"import os, signal, sys, time\n{code}"], environment_, 2)
    assert ended == status
    assert time.monotonic() - started < 20
    time.sleep(0.2)
    left = [each for each in Path("/proc").iterdir() if each.name.isdigit() and _carries(each, mark)]
    assert not [each for each in left if alive(int(each.name))]


def _carries(process: Path, mark: str) -> bool:
    with suppress(OSError):
        return mark in (process / "environ").read_bytes().decode("utf-8", errors="replace").split("\0")
    return False


def alive(process: int) -> bool:
    """Whether a process is there and is more than the remains of one (init reaps those in its own time)."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_command_that_does_not_end_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.bounded_process.LAST_WORDS", 0.5)
    told = tmp_path / "told"
    assert run_until([sys.executable, "-c", STUBBORN, str(told)], os.environ, 2) is None
    assert not any(alive(int(each)) for each in told.read_text().split())


@pytest.mark.parametrize("status", [0, 3])
def test_a_command_that_ends_leaves_nobody(status: int, tmp_path: Path) -> None:
    leaves = f"import os, time, sys\nif os.fork(): sys.exit({status})\nopen(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"
    told = tmp_path / "told"
    assert run_until([sys.executable, "-c", leaves, str(told)], os.environ, 60) == status
    time.sleep(0.2)
    assert not told.exists() or not told.read_text() or not alive(int(told.read_text()))


def children() -> list[str]:
    """The processes that this one has started."""
    found: list[str] = []
    for thread in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            found += (thread / "children").read_text().split()
    return found


@contextmanager
def signalled(name: str, number: signal.Signals) -> Iterator[None]:
    """The crawl of a site file is frozen (a disk that hangs, a loop in a parser) or killed (memory ran out) as soon as it
    runs."""
    done = threading.Event()

    def freeze() -> None:
        while not done.wait(0.1):
            for child in children():
                with suppress(OSError):
                    if f"crawl\0{name}\0" in Path(f"/proc/{child}/cmdline").read_text():
                        os.kill(int(child), number)

    thread = threading.Thread(target=freeze, daemon=True)
    thread.start()
    yield
    done.set()
    thread.join()


def test_the_night_survives_a_crawl_that_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.bounded_process.LAST_WORDS", 0.5)
    monkeypatch.setattr("monitor.night.links.DELAY", 0.01)
    monkeypatch.chdir(tmp_path)
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    sites = tmp_path / "sites"
    sites.mkdir()
    with serving(Hostile(lambda path: column(path) or PAGE)) as port:
        for key in ("a_hangs", "b_dies", "c_well"):
            site_of(tmp_path, f"http://127.0.0.1:{port}/", 3).rename(sites / f"{key}.toml")
        hours(sites / "a_hangs.toml", 0.5 / 3600)
        engine = open_database()
        hanging = signalled(str(sites / "a_hangs.toml"), signal.SIGSTOP)
        with hanging, signalled(str(sites / "b_dies.toml"), signal.SIGKILL):
            hangs, dies, well = run_nightly(engine, date.fromisoformat(DAY), sites, grace=1)
        counts = gongkai(tmp_path, "count", sites / "b_dies.toml", "2023Q2", "--as-of", DAY, "--json")
        # The next night finds no lock of the one that was ended.
        (sites / "c_well.toml").unlink()
        again, alive_again = run_nightly(engine, date.fromisoformat("2023-05-17"), sites, grace=60)
    assert "仍没有结束，已被中止" in hangs.trouble and hangs.trouble.count("。") == 1
    assert "被信号 9 终止" in dies.trouble and dies.trouble.count("。") == 1
    assert not hangs.findings and not dies.findings
    # Nothing was read: refused, or unknown; no number either way.
    assert not re.search(r'"count": *\d', counts.out), counts.err
    assert not well.trouble and not alive_again.trouble
    assert "仍没有结束" not in again.trouble and "正在采集" not in again.trouble
