"""The process in which strangers' files are parsed: what it is allowed, what it leaves behind, what its death means."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.documents import sandbox
from crawler.documents.files import UnreadableFile, read_document, words_of
from crawler.documents.sandbox import Json, Limits, ParserStopped, Stop, run_bounded
from crawler.page.page import Page
from rules.errors import WrongInput
from tests.conftest import ROOT

TIGHT = Limits(processor=0.3, clock=2.0, memory=60_000_000, answer=100_000)


def echoes(body: bytes, *words: str) -> Json:
    return [len(body), *words]


def spins(body: bytes) -> Json:
    while True:
        pass


def sleeps(body: bytes) -> Json:
    time.sleep(600)


def swells(body: bytes) -> Json:
    held = []
    while True:
        held.append(bytearray(1_000_000))


def babbles(body: bytes) -> Json:
    return "字" * 1_000_000


def crashes(body: bytes) -> Json:
    os.kill(os.getpid(), signal.SIGSEGV)


def raises(body: bytes) -> Json:
    raise KeyError("xl/workbook.xml")


def refuses(body: bytes) -> Json:
    raise WrongInput("这个文件不对。")


def writes(body: bytes) -> Json:
    try:
        Path(body.decode()).write_bytes(b"x")
    except OSError as error:
        return error.errno
    return 0


def opens(body: bytes) -> Json:
    """What its descriptors are, the one that lists them apart."""
    found = []
    for one in sorted(Path("/proc/self/fd").iterdir()):
        with suppress(OSError):
            found.append(str(one.readlink()))
    return found


def variables(body: bytes) -> Json:
    return dict(os.environ)


@pytest.mark.parametrize(
    ("work", "stop"),
    [
        (spins, Stop.TIME),
        (sleeps, Stop.TIME),
        (swells, Stop.MEMORY),
        (babbles, Stop.ANSWER),
        (crashes, Stop.CRASH),
        (raises, Stop.CRASH),
    ],
    ids=["spins", "sleeps", "swells", "babbles", "crashes", "raises"],
)
def test_a_parser_that_runs_away_is_stopped_and_says_of_what(work: sandbox.Work, stop: Stop) -> None:
    with pytest.raises(ParserStopped) as stopped:
        run_bounded(work, b"", limits=TIGHT)
    assert stopped.value.stop is stop
    assert run_bounded(echoes, b"1234", "好", limits=TIGHT) == [4, "好"]


def test_a_refusal_comes_through_as_it_is() -> None:
    with pytest.raises(WrongInput, match=r"^这个文件不对。$"):
        run_bounded(refuses, b"")


def test_nothing_is_written_and_nothing_of_ours_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_SMTP_PASSWORD", "secret")
    sandbox._give_up()
    with (tmp_path / "database").open("w") as ours:
        os.set_inheritable(ours.fileno(), True)
        kinds = {one.partition(":")[0] for one in run_bounded(opens, b"")}
        assert kinds == {"/dev/null", "pipe"}
        assert "secret" not in run_bounded(variables, b"").values()
        assert run_bounded(writes, bytes(tmp_path / "new")) != 0


def test_files_may_be_read_from_many_threads() -> None:
    answers: list[Json] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(run_bounded(echoes, b"x" * n))) for n in range(20)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) == [[n] for n in range(20)]


def test_a_server_that_was_killed_is_replaced() -> None:
    run_bounded(echoes, b"")
    assert sandbox._server is not None
    os.kill(sandbox._server.process.pid, signal.SIGKILL)
    sandbox._server.process.wait()
    assert run_bounded(echoes, b"12") == [2]


def test_a_server_that_dies_unnoticed_is_replaced() -> None:
    run_bounded(echoes, b"")
    assert sandbox._server is not None
    os.kill(sandbox._server.process.pid, signal.SIGKILL)
    assert run_bounded(echoes, b"12") == [2]


def test_where_no_server_can_be_started_it_is_not_the_file_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox._give_up()
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/nonexistent/python")
        with pytest.raises(ParserStopped) as stopped:
            run_bounded(echoes, b"")
        assert stopped.value.stop is Stop.NOT_RUN
        with pytest.raises(UnreadableFile, match="没有能够运行"):
            words_of("http://www.mou.example/a.txt", b"x")
        with pytest.raises(WrongInput, match=r"没有能够运行.*请稍后重试。$"):
            read_document(Page("file:///", b"x"))
    assert run_bounded(echoes, b"12") == [2]


UNWELL = """
import os, resource, signal, tempfile
from crawler.documents.sandbox import ParserStopped, run_bounded
from tests.test_sandbox import TIGHT, echoes, spins
def ends_with():
    try:
        return run_bounded(spins, b"", limits=TIGHT)
    except ParserStopped as stopped:
        return stopped.stop.name
os.close(0)
os.chdir(gone := tempfile.mkdtemp())
os.rmdir(gone)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPROF, signal.SIGALRM])
few = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (3, few[1]))
print(ends_with())
resource.setrlimit(resource.RLIMIT_NOFILE, few)
print(run_bounded(echoes, b"12"), ends_with(), run_bounded(echoes, b"123"))
"""


def test_an_unwell_process_has_its_files_read_or_says_why_not(tmp_path: Path) -> None:
    """Its input closed, its folder gone, its descriptors used up, signals ignored and blocked, as services are started."""
    said = subprocess.run(
        [sys.executable, "-c", UNWELL], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.stdout.split("\n"), said.stderr) == (["NOT_RUN", "[2] TIME [3]", ""], "")


ORPHAN = """
import json, threading, time
from crawler.documents import sandbox
from tests.test_sandbox import echoes, sleeps
sandbox.run_bounded(echoes, b"")
threading.Thread(target=sandbox.run_bounded, args=(sleeps, b""), daemon=True).start()
time.sleep(0.5)
print(sandbox._server.process.pid, flush=True)
time.sleep(600)
"""


def test_a_process_that_is_killed_leaves_no_parser_behind(tmp_path: Path) -> None:
    with_ours = {**os.environ, "PYTHONPATH": str(ROOT)}
    owner = subprocess.Popen(
        [sys.executable, "-c", ORPHAN], cwd=tmp_path, env=with_ours, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    server = int(owner.stdout.readline())
    children = _children(server)
    assert children
    owner.kill()
    owner.wait()
    owner.stdout.close()
    until = time.monotonic() + 60
    while any(_lives(one) for one in (server, *children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(_lives(one) for one in (server, *children))


def _children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_module_of_the_folder_that_one_stands_in_is_not_imported(tmp_path: Path) -> None:
    """Who works in a folder of downloads would run what was downloaded."""
    (tmp_path / "pypdf.py").write_text("raise SystemExit('taken over')")
    said = subprocess.run(
        [sys.executable, "-P", "-c", "from crawler.documents.files import words_of; print(words_of('a.txt', b'x'))"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.stdout.strip(), said.stderr) == ("x", "")
