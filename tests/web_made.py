"""The service's pages over the demo county's night, with one user of each role; asked in process, or by a browser."""

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import uvicorn
from starlette.testclient import TestClient

from db.connect import open_database, open_existing
from db.users.users import add_user
from monitor.clock import SHANGHAI
from monitor.web.app import make_app
from monitor.web.page_sources import PageSources
from monitor.web.security.passwords import hash_of
from rules.vocabulary.roles import Role, Viewer
from tests.conftest import ROOT

NOON = datetime(2023, 7, 3, 12, tzinfo=SHANGHAI)
SITE, PERIOD = "beiguan", "2023Q2"
PASSWORD = "a word known here"
OFFICE = Viewer("李主任", Role.OFFICE)
SCHOOLS = Viewer("教育局张", Role.UNIT, SITE, "jyj")
STREET = Viewer("红旗路王", Role.UNIT, SITE, "hongqilu")
READER = Viewer("督查赵", Role.READER)
OPERATOR = Viewer("运维钱", Role.OPERATOR)
HERE = "https://gongkai.test"


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class World:
    sources: PageSources
    clock: Clock

    def browser(self, viewer: Viewer | None = None) -> TestClient:
        """A browser that follows no redirects, signed in if a viewer is given."""
        client = TestClient(make_app(self.sources), base_url=HERE, follow_redirects=False)
        if viewer:
            said = client.post("/login", data={"name": viewer.name, "password": PASSWORD})
            assert said.status_code == 303, said.text
        return client


@cache
def _hash() -> str:
    return hash_of(PASSWORD)


def make_world(folder: Path, night: Path, *, plain_http: bool = False) -> World:
    """A copy of the demo's night in `folder`, its site file as `beiguan`, and the users."""
    shutil.copytree(night / "evidence", folder / "evidence")
    for file in night.glob("gongkai.db*"):  # with what SQLite has still to write into it
        shutil.copy(file, folder)
    (folder / "sites").mkdir()
    shutil.copy(ROOT / "demo" / "site.toml", folder / "sites" / f"{SITE}.toml")
    url, clock = f"sqlite:///{folder / 'gongkai.db'}", Clock()
    engine = open_database(url)
    with engine.begin() as connection:
        # The demo's own name for its site file.
        connection.exec_driver_sql(f"UPDATE sites SET key = '{SITE}'")
        for viewer in (OFFICE, SCHOOLS, STREET, READER, OPERATOR):
            add_user(connection, viewer, _hash(), NOON)
    return World(PageSources(engine, open_existing(url), folder / "sites", clock, plain_http), clock)


@contextmanager
def served(world: World) -> Iterator[str]:
    """The pages on loopback, for a real browser; gives their address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(world.sources), log_level="warning"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def token_of(text: str) -> str:
    """What the forms of a page carry."""
    found = re.search(r'name="token" value="([^"]+)"', text)
    assert found
    return found[1]
