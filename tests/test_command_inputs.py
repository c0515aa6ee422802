"""Whatever somebody puts where a command takes a file, a folder or an address (the table: tests/command_inputs.py) is read, or
refused in Chinese sentences by status 2; the database and whatever else stands there stay as they were."""

import hashlib
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from crawler.documents import sandbox
from crawler.documents.sandbox import Limits
from crawler.fetching import client
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
from tests.hostile_files import archives, office_texts, pdfs, word_files
from tests.hostile_files.odd_paths import odd_paths
from tests.hostile_server import Hostile, serving

MOST_LINES = 10  # a site file's faults, each a sentence
LONGEST = 1_000  # characters of one
SECONDS = 5.0


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


OF_SQLITE = ("-shm", "-wal", ".lock")  # they come and go beside a database


def state(world: Path) -> dict[str, str]:
    files = (each for each in world.rglob("*") if each.is_file() and not each.name.endswith(OF_SQLITE))
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
        before = time.process_time()
        said = in_process(*row.words(thing))
        if time.process_time() - before > SECONDS:
            wrong[name] = f"{time.process_time() - before} s"
        if fault := faults_of(said, good):
            wrong[name] = f"{fault}: {said.out[-200:]}{said.err[-600:]}"
    return wrong


def some(row: Input, things: Mapping[str, str]) -> Mapping[str, str]:
    """Those that a row is given: all where it is the first of its kind; else one in three, each row others."""
    return things if row is FIRST[row.kind] else dict([*things.items()][INPUTS.index(row) % 3 :: 3])


FIRST = {row.kind: row for row in reversed(INPUTS)}
SUFFIX = {Kind.REPORT: ".docx", Kind.TABLE: ".xlsx"}


@pytest.mark.parametrize("row", [row for row in INPUTS if row.kind in FILES], ids=lambda row: row.id)
def test_what_is_no_file_is_refused(
    row: Input, world: Path, odd: Callable[[str], Mapping[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(world)
    assert not tried(row, some(row, odd(SUFFIX.get(row.kind, row.kind.value.strip()))), monkeypatch)
    assert state(world) == before


TEXTS = (Kind.SITE, Kind.SCHEME, Kind.CALENDAR, Kind.CSV, Kind.CARRIED, Kind.MANIFEST)
# What is no content of any row; what follows is not.
NO_CONTENT = (
    "NUL.toml",
    "every byte.toml",
    "half a character.toml",
    "UTF-16 without end.toml",
    "arrays in arrays.json",
)
LARGE = 30_000  # bytes: what is larger goes through one row alone of those that read it by the same parser
THOROUGH = (Kind.SITE, Kind.CSV, Kind.CARRIED, Kind.MANIFEST, Kind.PAGE)


@pytest.fixture(scope="module")
def offered() -> Callable[[str], bytes]:
    return cache(lambda name: office_texts.ATTACKS[name]())


@pytest.mark.parametrize(
    "row", [row for row in INPUTS if row.kind in (*FILES, Kind.DATABASE)], ids=lambda row: row.id
)
def test_content_that_attacks_is_refused(
    row: Input, world: Path, offered: Callable[[str], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = row.kind.value.strip()
    own = [name for name in office_texts.ATTACKS if row.kind in TEXTS and name.endswith(ending)]
    things = {}
    few = some(row, dict.fromkeys([*own, *NO_CONTENT], ""))
    for number, name in enumerate(few):
        if len(offered(name)) > LARGE and not (row is FIRST[row.kind] and row.kind in THOROUGH):
            continue
        things[name] = file = tmp_path / f"f{number}{SUFFIX.get(row.kind, ending)}"
        file.write_bytes(offered(name))
    before = state(world)
    assert not tried(row, {name: str(file) for name, file in things.items()}, monkeypatch, row.good)
    assert state(world) == before


DOCUMENTS = (*archives.ATTACKS.items(), *pdfs.ATTACKS.items(), *word_files.ATTACKS.items())
FEW = (
    "bomb deflated.docx",
    "laughs in [Content_Types].xml.docx",
    "300 k cells.docx",
    "300 pages share a stream.pdf",
)


@pytest.mark.parametrize(
    "row", [row for row in INPUTS if row.kind in (Kind.REPORT, Kind.TABLE)], ids=lambda row: row.id
)
def test_documents_that_attack_are_refused(
    row: Input, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few of those that tests/test_hostile_files.py puts through the readers."""
    monkeypatch.setattr(sandbox, "LIMITS", Limits(processor=0.25, memory=60_000_000))
    builders, things = dict(DOCUMENTS), {}
    for name in FEW:
        things[name] = tmp_path / f"{len(things)}{Path(name).suffix}"
        things[name].write_bytes(builders[name]())
    before = state(world)
    assert not tried(row, {name: str(file) for name, file in things.items()}, monkeypatch)
    assert state(world) == before


@pytest.mark.parametrize("row", [row for row in INPUTS if row.kind is Kind.DATABASE], ids=lambda row: row.id)
def test_what_is_no_database_is_refused(
    row: Input, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="gk") as folder:
        paths = odd_paths(Path(folder), ".db")
        # Of a path at which nothing stands a new database is made.
        things = {
            name: path
            for name, path in paths.items()
            if name not in ("nothing there", "a link to nothing", "outside") and "/" in path
        }
        before = state(world)
        assert not tried(row, things, monkeypatch, row.good)
    assert state(world) == before


BAD_ADDRESSES = [
    "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:9/", "javascript:alert(1)", "http://", "http://[::1",
    "http://a@127.0.0.1:9/", "http://127.0.0.1:0/", "http://127.0.0.1:99999/", "//127.0.0.1/", "http://127.0.0.1:9/\r\nX: y",
    f"http://{'a' * 3000}.cn/", "http://a\0b/", "http://\ud800/", "http://127..1/", "http://[fe80::1%25eth0]/", "http://a b/",
    "http://a\\b/", "http://www.example.cn\u202e/", "http://169.254.169.254/latest/", "http://[fe80::1]/", "http://224.0.0.1/",
    "http://0.0.0.0/", "http://2852039166/", "http://0xa9fea9fe/", "http://[::ffff:169.254.169.254]/", "http://100.100.100.200/",
]  # fmt: skip


@pytest.mark.parametrize(
    "row", [row for row in INPUTS if row.kind in (Kind.ADDRESS, Kind.MIRROR)], ids=lambda row: row.id
)
def test_an_address_at_which_no_website_stands_is_refused(
    row: Input, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is asked, and before anything is remembered of the site."""
    before = state(world)
    assert not tried(row, some(row, {address: address for address in BAD_ADDRESSES}), monkeypatch)
    assert state(world) == before


LED_AWAY = (
    "a redirect to metadata", "a redirect to a number", "a redirect to a file", "a redirect to a name with a user",
    "a redirect to itself", "an endless body", "packed a thousand times", "a million empty members", "a length of petabytes",
    "a reset in the body", "megabytes of headers",
)  # fmt: skip


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(Hostile()) as port:
        yield port


@pytest.mark.parametrize(
    "row",
    [row for row in INPUTS if row.kind is Kind.ADDRESS and row.command != "init"],
    ids=lambda row: row.id,
)
def test_an_answer_that_attacks_is_refused(
    row: Input, world: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of tests/test_client.py that take no time; a page that did not come is told, never read."""
    monkeypatch.setattr(client, "MOST_BYTES", 4_000_000)
    before = state(world)
    things = {name: f"http://127.0.0.1:{port}/{name.replace(' ', '%20')}" for name in LED_AWAY}
    read = row.command.startswith("read ")
    assert not tried(row, some(row, things), monkeypatch, (0,) if read else (2,))
    if read:
        told = in_process(*row.words(things["a redirect to metadata"]), "--json").json
        assert (told["outcome"], told["cause"]) == ("unreachable", "private_address")
    assert state(world) == before


NO_PLACES = (
    "a pipe that nobody fills",
    "a socket",
    "a link to itself",
    "terabytes of nothing",
    "below a file",
    "NUL",
    "an endless name",
)


@pytest.mark.parametrize(
    "row", [row for row in INPUTS if row.kind in (Kind.OUT_FOLDER, Kind.OUT_FILE)], ids=lambda row: row.id
)
def test_where_nothing_can_be_written_nothing_is(
    row: Input, world: Path, odd: Callable[[str], Mapping[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(world)
    ending = {"init": ".toml", "postings": ".xlsx"}.get(row.command, "")
    assert not tried(row, {name: odd(ending)[name] for name in NO_PLACES}, monkeypatch)
    assert state(world) == before
