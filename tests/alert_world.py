"""What the alert tests share: the invented county, nights that say findings, and `gongkai alert` as a process."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from crawler.sites.load import load_site
from db.findings.lives import keep_findings
from db.mail.baseline import set_baseline
from db.recording.register import register
from db.tables.judgement import FindingRow
from rules.book import BOOK
from rules.engine.finding import Finding
from rules.engine.rule import MAIL_OF
from rules.engine.rulings import Ruling
from rules.vocabulary.places import Site, Unit
from rules.vocabulary.terms import Scope, Severity, UnitKind
from tests.commandline import Running, Said, environment, start

HERE = Path(__file__).parent / "alerts"
SITE_FILE = HERE / "site.toml"
DAY = date(2023, 6, 20)
HYSTERESIS = {rule.id: rule.hysteresis for rule in BOOK}
ALL = ["czj", "gone", "jyj", "office"]  # who is written to on a morning of three findings


def county() -> Site:
    return load_site(SITE_FILE)


def fortnight() -> dict[str, Any]:
    return tomllib.loads((HERE / "fortnight.toml").read_text(encoding="utf-8"))


def finding(
    name: str, unit: str, rule: str = "page.meta_missing", severity: str = "扣分", **facts: Any
) -> Finding:
    """A finding whose subject is its name."""
    usual: dict[str, Any] = {
        "unit_names": unit, "sentence": f"第 {name} 个问题。", "path": ("救灾领域", "备灾管理"),
        "url": f"http://www.county.example/{name}/",
    }  # fmt: skip
    weight = Severity(severity)
    return Finding(
        rule,
        weight,
        name,
        tuple(filter(None, unit.split("+"))),
        scope=Scope.COLUMN,
        mail=MAIL_OF[weight],
        **(usual | facts),
    )


def night(
    engine: Engine,
    site: Site,
    day: date,
    said: Iterable[Finding],
    waived: Iterable[str] = (),
    baseline: date | None = date(2023, 1, 1),
    **inhibited: str,
) -> None:
    """One good night on which these findings were said, some of them waived or inhibited, of a site whose first night
    is `baseline` (None: this one, if it has none)."""
    said, set_aside = list(said), set(waived)
    rulings = [
        Ruling(each, "已报备" if each.subject in set_aside else None, inhibited.get(each.subject))
        for each in said
    ]
    with engine.begin() as connection:
        register(connection, site)
        periods = {"", *(each.period for each in said)}
        keep_findings(connection, site.key, rulings, day, periods, lambda *_: True, HYSTERESIS)
        set_baseline(connection, site.key, baseline or day)


def three_findings(engine: Engine) -> Engine:
    """A night that said a finding of each of three units."""
    night(engine, county(), DAY, [finding("A", "jyj"), finding("B", "czj"), finding("C", "mzj")])
    return engine


def numbers(engine: Engine) -> dict[int, str]:
    """Finding's id → its name."""
    with engine.connect() as connection:
        return {row.id: row.subject for row in connection.execute(select(FindingRow.id, FindingRow.subject))}


def with_unit(site: Site, unit: Unit) -> Site:
    return replace(site, units=(*site.units, unit))


def department(key: str, name: str, *emails: str) -> Unit:
    return Unit(key, name, UnitKind.DEPARTMENT, (), emails)


def alert(folder: Path, settings: Mapping[str, str], *arguments: object, timeout: float = 60) -> Said:
    """Runs the command as a process of its own, with the database in a folder."""
    return alert_process(folder, settings, *arguments).end(timeout)


def alert_process(folder: Path, settings: Mapping[str, str], *arguments: object) -> Running:
    """The command's process, just started; of mail it knows nothing but the given settings."""
    mailing = ("GONGKAI_SMTP_", "GONGKAI_HOOK_")
    inherited = {name: value for name, value in environment(folder).items() if not name.startswith(mailing)}
    return start(folder, inherited | settings, "alert", *arguments)
