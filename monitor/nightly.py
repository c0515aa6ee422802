"""One night: every site crawled in a process of its own, then counted and judged."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from crawler.sitefile import SITES, load_site
from db.counting import count_period
from db.register import register
from monitor.judging import judge_site
from rules.errors import GongkaiError, WrongInput
from rules.periods import Period, quarter_before, quarter_of


@dataclass(frozen=True, slots=True)
class SiteNight:
    """How one site's night went. `trouble` is a Chinese sentence, "" if there was none."""

    site: str
    name: str
    findings: int = 0
    trouble: str = ""


def run_nightly(engine: Engine, as_of: date, folder: Path = SITES) -> Iterator[SiteNight]:
    """Every site file of the folder, one after the other; one site's trouble never stops the others."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise WrongInput(f"目录 {folder} 中没有站点文件，没有可采集的网站，请先添加站点文件。")
    for file in files:
        yield _site_night(engine, file, as_of)


def periods_of(as_of: date) -> tuple[Period, Period]:
    """The running quarter, and the last one that has ended."""
    running = quarter_of(as_of)
    return running, quarter_before(running)


def _site_night(engine: Engine, file: Path, as_of: date) -> SiteNight:
    try:
        site = load_site(file)
    except GongkaiError as error:
        return SiteNight(file.stem, file.stem, trouble=str(error))
    status = _crawl(engine, file, as_of)
    running, ended = periods_of(as_of)
    try:
        with engine.begin() as connection:
            register(connection, site)
            count_period(connection, site, running, as_of)
            judgement = judge_site(connection, site, ended, as_of)
    except GongkaiError as error:
        return SiteNight(site.key, site.name, trouble=str(error))
    standing = sum(ruling.waived is None for ruling in judgement.rulings)
    trouble = (
        "" if status == 0 else f"采集没有正常结束（退出码 {status}），按已读到的内容统计，未读到的不计零。"
    )
    return SiteNight(site.key, site.name, standing, trouble)


def _crawl(engine: Engine, file: Path, as_of: date) -> int:
    """A crawl is a process: Twisted's reactor runs once, and a crash stays with one site."""
    command = [sys.executable, "-m", "monitor", "crawl", str(file), "--as-of", as_of.isoformat()]
    url = engine.url.render_as_string(hide_password=False)
    return subprocess.run(command, env={**os.environ, "GONGKAI_DATABASE_URL": url}, check=False).returncode  # noqa: S603
