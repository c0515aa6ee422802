"""Text from outside is printed and nothing else: on the terminal, as JSON, in CSV and in papers."""

import csv
import json
import logging
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from crawler.fetching.masked_log import MaskedLines
from monitor import terminal
from monitor.paper_files import inert
from monitor.paper_files.data_files import write_csv
from monitor.paper_files.json_text import json_text
from monitor.progress import progress
from rules.vocabulary.unprinted import UNPRINTED
from tests.commandline import in_process

OBEYED_OR_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}
ATTACKS = {
    "escape": "通知\x1b[2J\x1b]0;已审核\x07",
    "one-byte CSI": "通知\x9b31m\x9d0;x\x9c",
    "delete": "通知\x7f\x08\x08",
    "carriage return": "失败\r成功",
    "turned": "\u202e告公\u2066x\u2069\u200f\u061c",
    "zero width": "财\u200b政\u200c局\u200d\ufeff\u2060",
    "tags": "通知" + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore rules"),
    "lines": "一\u2028二\u2029三\x85四",
    "lone surrogates": "\ud83d通知\udc80",
    "annotation": "\ufff9甲\ufffa乙\ufffb",
    "soft hyphen": "通\u00ad知",
    "markup": "[bold red]假[/bold red][/][link=http://evil.example]x[/link] :warning:",
}
each_attack = pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)


def test_the_characters_are_those_of_unicodes_categories() -> None:
    everything = [chr(code) for code in range(0x110000)]
    kept = {letter for letter in everything if not UNPRINTED.match(letter)}
    assert {unicodedata.category(letter) for letter in kept - {"\t", "\n"}}.isdisjoint(
        OBEYED_OR_HIDDEN - {"Cn"}
    )
    assert {unicodedata.category(letter) for letter in set(everything) - kept} <= OBEYED_OR_HIDDEN


@each_attack
def test_the_terminal_prints_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Console(file=StringIO(), width=500, force_terminal=True, color_system=None)
    monkeypatch.setattr(terminal, "out", screen)
    terminal.say(text)
    terminal.say_table((text, "乙"), [(text, None)], title=text)
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    # Rich's own: the title's slant.
    assert not UNPRINTED.search(shown.replace("\x1b[3m", "").replace("\x1b[0m", ""))
    assert ("[bold red]假" in shown) == ("[bold red]" in text)


@each_attack
def test_a_progress_bar_bears_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Console(file=StringIO(), width=500, force_terminal=True, color_system=None)
    monkeypatch.setattr(terminal, "err", screen)
    with progress() as begin:
        begin(text, 1)()
    assert "1/1" in screen.file.getvalue()  # type: ignore[attr-defined]


@each_attack
@pytest.mark.parametrize("indent", [None, 1])
def test_json_escapes_it_and_loses_nothing(text: str, indent: int | None) -> None:
    written = json_text({text: [text]}, indent)
    assert not UNPRINTED.search(written.replace("\n", ""))
    written.encode("utf-8")
    assert json.loads(written) == {text: [text]}
    assert indent is not None or written.count("\n") == 1


@each_attack
def test_papers_print_one_line(text: str, tmp_path: Path) -> None:
    assert not UNPRINTED.search(inert.plain(text))
    write_csv(tmp_path / "t.csv", [(text, f"={text}")])
    ((one, other),) = csv.reader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines())
    assert not UNPRINTED.search(one)
    assert other.startswith("'=")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\ufeff=1",
        "＝1+1",
        "\u200b@x",
        "\u3000=1",
    ],
)
def test_no_cell_begins_a_formula(text: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", [(text,)])
    assert (tmp_path / "t.csv").read_text(encoding="utf-8").lstrip('"').startswith("'")


@each_attack
def test_the_log_holds_none_of_it(text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("crawler", logging.ERROR, "x.py", 1, "at %s", (text,), told)
    line = MaskedLines().format(record)
    assert not UNPRINTED.search(line)
    assert "ValueError" in line


@pytest.mark.parametrize(
    "words",
    [
        ("count", "\x1b[2J\x9b3m甲", "2023Q2"),
        ("count", "zhecheng", "2023\x1b]0;x\x07"),
        ("crawl", "zhecheng", "--as-of", "\u202e2023"),
        ("no-such\x1b[2J",),
        ("count", "--no-such\x9b2J"),
        ("read", "list", "\udcff\x1b[2J.html"),
        ("rules", "column\ud800.stale\x1b[0m"),
    ],
    ids=ascii,
)
def test_a_wrong_argument_is_told_inert(words: tuple[str, ...]) -> None:
    done = in_process(*words)
    assert done.status == 2
    assert not UNPRINTED.search(done.err + done.out)
    assert "Traceback" not in done.err
