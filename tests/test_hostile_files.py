"""Files made to hang, fill or fool their reader (tests/hostile_files), through everything that takes a file: refused or
read within 5 seconds of processor time and 300 MB in all, one Chinese sentence, never an exception of a parser's."""

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler.documents import sandbox
from crawler.documents.files import UnreadableFile, words_of
from crawler.documents.sandbox import Limits
from tests.commandline import in_process
from tests.hostile_files import archives, pdfs, texts, word_files, workbooks

SECONDS, MEGABYTES = 5.0, 300.0
ATTACKS = {**archives.ATTACKS, **workbooks.ATTACKS, **word_files.ATTACKS, **pdfs.ATTACKS, **texts.ATTACKS}
# The command that a file of this kind is for; what both take goes through the one that lays it out in full.
COMMANDS = {
    ".pdf": ("annual", "check"),
    ".docx": ("annual", "check"),
    ".html": ("annual", "check"),
    ".txt": ("annual", "check"),
    ".zip": ("annual", "check"),
    ".xlsx": ("check-table",),
    ".csv": ("check-table",),
}
# Every attachment is read; of the attacks one in so many goes through its command too (all do by hand:
# bench/command_inputs.py).
THROUGH_A_COMMAND = 3
SENTENCE = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*。?")


@pytest.fixture(autouse=True)
def _tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs away is stopped sooner than in a night: the tests would take minutes."""
    monkeypatch.setattr(sandbox, "LIMITS", Limits(processor=0.25, memory=60_000_000))


@pytest.mark.parametrize(("number", "name"), enumerate(ATTACKS), ids=ATTACKS)
def test_a_file_is_read_or_says_why_not(number: int, name: str, tmp_path: Path) -> None:
    """As an attachment of a posting, and given to a command."""
    body = ATTACKS[name]()
    _attach(name, body)
    if number % THROUGH_A_COMMAND == 0 and (command := COMMANDS.get(Path(name).suffix)):
        _run(name, body, command, tmp_path)


def _attach(name: str, body: bytes) -> None:
    text = ""
    with _bounded():
        try:
            text = words_of(f"https://www.mou.example/{name}", body)
        except UnreadableFile as refusal:
            assert SENTENCE.fullmatch(str(refusal))
    assert "root:" not in text


def _run(name: str, body: bytes, command: tuple[str, ...], folder: Path) -> None:
    path = folder / f"文件{Path(name).suffix}"
    path.write_bytes(body)
    with _bounded():
        said = in_process(*command, path)
    assert said.status == 2, said
    assert not said.out
    assert SENTENCE.fullmatch(said.err.strip()), said.err
    assert "root:" not in said.err


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("300 pages share a stream.pdf", "超时|前一部分"),
        ("2.5 million cells.xlsx", "超时|前一部分|过多"),
        ("100 k namespaces.docx", "没有文字|超时"),
        ("letters that become texts.pdf", "过多|前一部分|内存|超时"),
        ("overlapping.docx", "过大"),
        ("zstd.docx", "损坏"),
    ],
)
def test_an_attachment_that_was_not_read_says_what_of(name: str, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        words_of(name, ATTACKS[name]())


@contextmanager
def _bounded() -> Iterator[None]:
    """Holds what happens inside to the limits: of this process, the parsers' server and its children."""
    words_of("a.txt", b"warm")
    assert sandbox._server is not None
    server = sandbox._server.process.pid
    own, before = _resident(os.getpid()), time.process_time() + _seconds(server)
    peak, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.04):
            grown = _resident(os.getpid()) - own + sum(map(_share, (server, *_children(server))))
            peak[0] = max(peak[0], grown)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
    assert time.process_time() + _seconds(server) - before < SECONDS
    assert peak[0] < MEGABYTES


def _told(read: Callable[[], float]) -> float:
    try:
        return read()
    except (OSError, IndexError, ValueError):
        return 0.0  # it has just ended


def _seconds(process: int) -> float:
    """Processor time of a process and of the children that have ended."""
    return _told(lambda: sum(map(int, _stat(process)[11:15])) / os.sysconf("SC_CLK_TCK"))


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()


def _resident(process: int) -> float:
    return _told(
        lambda: int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    )


def _share(process: int) -> float:
    """Megabytes of a process, those shared with others divided among them."""
    return _told(lambda: int(_line(process, "Pss:").split()[1]) / 1e3)


def _line(process: int, name: str) -> str:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(one for one in lines if one.startswith(name))


def _children(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []
