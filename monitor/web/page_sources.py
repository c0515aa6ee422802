"""What every page is made from: the database, the site files, the clock, and judgements kept for a minute."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from crawler.sites.load import load_site, mask_for
from db.connect import Connection, Engine
from monitor.clock import SHANGHAI, Clock
from monitor.judge.context import context_of
from monitor.judge.judging import Judgement, judge_period
from monitor.status.gather import SiteStatus, status_of
from monitor.web.kept_values import Kept
from monitor.web.security.login_limits import LoginLimits
from rules.dates.periods import Period
from rules.errors import GongkaiError
from rules.vocabulary.file_names import is_file_name
from rules.vocabulary.places import Site


@dataclass(slots=True)
class PageSources:
    """`engine` writes (sessions, the log), `reading` cannot. `folder` holds the site files. `plain_http`: cookies go over
    HTTP too, where no TLS stands before us. `writing` is held by whoever changes a site file."""

    engine: Engine
    reading: Engine
    folder: Path
    clock: Clock
    plain_http: bool = False
    limits: LoginLimits = field(default_factory=LoginLimits)
    writing: threading.Lock = field(default_factory=threading.Lock)
    judged: Kept[Judgement] = field(init=False)
    stated: Kept[SiteStatus | None] = field(init=False)
    loaded: Kept[Site] = field(init=False)

    def __post_init__(self) -> None:
        self.judged, self.stated, self.loaded = Kept(self.clock), Kept(self.clock), Kept(self.clock)

    @property
    def now(self) -> datetime:
        return self.clock().astimezone(SHANGHAI)

    @property
    def today(self) -> date:
        return self.now.date()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.reading.connect() as connection:
            yield connection

    def sites(self) -> list[Site]:
        """The sites of the folder; a file that is wrong is the night's to report."""
        found = (self.site(file.stem) for file in sorted(self.folder.glob("*.toml")))
        return [site for site in found if site]

    def site(self, key: str) -> Site | None:
        """The site of a key, its masking in force; None where there is none, or its file is wrong."""
        file = self.folder / f"{key}.toml"
        if not is_file_name(key) or not file.is_file():
            return None
        try:
            site = self.loaded.get((key, file.stat().st_mtime_ns), lambda: load_site(file))
        except (GongkaiError, OSError):
            return None
        mask_for(site)
        return site

    def judgement(self, site: Site, period: Period) -> Judgement:
        """A period as the database has it, at most a minute ago. Raises GongkaiError."""

        def make() -> Judgement:
            with self.read() as connection:
                return judge_period(connection, context_of(site, self.today), period)

        return self.judged.get((site.key, period.key, self.today), make)

    def status(self, site: Site) -> SiteStatus | None:
        """How the watching of a site stands; None of one that was never crawled. Raises GongkaiError."""

        def make() -> SiteStatus | None:
            with self.read() as connection:
                return status_of(connection, site, self.now, partial(self.judgement, site))

        return self.stated.get((site.key, self.today), make)

    def forget(self) -> None:
        """Makes the next page anew: something was changed."""
        self.judged.clear()
        self.stated.clear()
