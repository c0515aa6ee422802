"""Whatever somebody puts where a command takes a file, a folder or an address (the table: tests/command_inputs.py) is read, or
refused in Chinese sentences by status 2; the database and whatever else stands there stay as they were."""

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from monitor.alerts.settings import HookSettings, SmtpSettings
from tests.command_inputs import (
    FILES,
    INPUTS,
    PLAIN,
    PLAIN_VARIABLES,
    Input,
    Kind,
    make_world,
    parameters,
    variables,
)
from tests.commandline import Said, in_process
from tests.conftest import ROOT
from tests.hostile_files.odd_paths import odd_paths

MOST_LINES = 10  # a site file's faults, each a sentence
LONGEST = 1_000  # characters of one


def test_whatever_takes_a_file_or_an_address_has_its_row() -> None:
    """A parameter counts as one unless it is called like a plain word, and always where it is a path."""
    taken = {
        (command, name) for command, name, metavar, is_path in parameters() if is_path or metavar not in PLAIN
    }
    assert taken == {(row.command, row.parameter) for row in INPUTS if not row.is_variable}


def test_whatever_variable_is_a_file_or_an_address_has_its_row() -> None:
    settings = {
        f"{kind.model_config.get('env_prefix')}{name.upper()}"
        for kind in (SmtpSettings, HookSettings)
        for name in kind.model_fields
    }
    assert variables(ROOT) | settings == PLAIN_VARIABLES | {
        row.parameter for row in INPUTS if row.is_variable
    }


@pytest.fixture(scope="module")
def whole() -> Iterator[Path]:
    """A folder in which every command could run; its path is short, as a socket's must be."""
    with tempfile.TemporaryDirectory(prefix="gk") as folder:
        yield make_world(Path(folder, "w"))


@pytest.fixture
def world(whole: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(whole)
    monkeypatch.setenv("GONGKAI_DATABASE_URL", f"sqlite:///{whole / 'gongkai.db'}")
    return whole


@pytest.fixture(scope="module")
def odd(whole: Path) -> Callable[[str], Mapping[str, str]]:
    """The odd paths of an ending, made once."""
    made: dict[str, Mapping[str, str]] = {}

    def of(suffix: str) -> Mapping[str, str]:
        if suffix not in made:
            folder = whole.parent / f"o{len(made)}"
            folder.mkdir()
            made[suffix] = odd_paths(folder, suffix)
        return made[suffix]

    return of


def state(world: Path) -> dict[str, str]:
    files = (each for each in world.rglob("*") if each.is_file() and not each.name.endswith(("-shm", "-wal")))
    return {str(each): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def faults_of(said: Said, good: tuple[int, ...] = (2,)) -> str:
    """What is wrong with how a command refused something; "" if nothing."""
    lines = said.err.strip().splitlines()
    faults = {
        f"status {said.status}": said.status not in good,
        "output": said.status == 2 and bool(said.out),
        "no sentence": said.status == 2 and not re.search("[\u4e00-\u9fff]", said.err),
        "lines": len(lines) > MOST_LINES,
        "babble": any(len(line) > LONGEST for line in lines),
        "traceback": "Traceback" in said.err,
        "control": bool(re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said.err)),
    }
    return "、".join(name for name, wrong in faults.items() if wrong)


def tried(
    row: Input, things: Mapping[str, str], patch: pytest.MonkeyPatch, good: tuple[int, ...] = (2,)
) -> dict[str, str]:
    """Thing → what is wrong with how it was refused."""
    wrong = {}
    for name, thing in things.items():
        if row.is_variable and ("\0" in thing or "\ud800" in thing):
            continue  # no variable holds it
        if row.is_variable:
            patch.setenv(row.parameter, f"sqlite:///{thing}" if row.kind is Kind.DATABASE else thing)
        said = in_process(*row.words(thing))
        if fault := faults_of(said, good):
            wrong[name] = f"{fault}: {said.out[-200:]}{said.err[-600:]}"
    return wrong


SUFFIX = {Kind.REPORT: ".docx", Kind.TABLE: ".xlsx"}


@pytest.mark.parametrize("row", [row for row in INPUTS if row.kind in FILES], ids=lambda row: row.id)
def test_what_is_no_file_is_refused(
    row: Input, world: Path, odd: Callable[[str], Mapping[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(world)
    assert not tried(row, odd(SUFFIX.get(row.kind, row.kind.value.strip())), monkeypatch)
    assert state(world) == before
