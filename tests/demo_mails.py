"""The fortnight of mails in docs/alerts.md: `python -m tests.demo_mails` writes it anew, and a test says when it is stale."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, select

from crawler.sites.load import load_site
from db.mail.baseline import release
from db.tables.mail import MailRow
from db.tables.schema import METADATA
from monitor.alerts.outbox import Sender, write_mails
from monitor.clock import SHANGHAI
from rules.alerting import quiet_hours
from rules.book import BOOK
from rules.dates.workdays import OFFICIAL
from rules.engine.finding import Finding
from rules.engine.judge import judge
from rules.vocabulary.places import Site
from tests.alert_world import HERE, night
from tests.book_cases import build
from tests.conftest import ROOT, context

DOC = ROOT / "docs" / "alerts.md"
START, END = "<!-- generated: python -m tests.demo_mails -->\n", "<!-- end -->\n"
NOT_FACTS = ("rule", "from", "until")


def fortnight() -> str:
    """Every mail to the unit, as its clerk reads it."""
    script = tomllib.loads((HERE / "demo_fortnight.toml").read_text(encoding="utf-8"))
    site, unit = load_site(ROOT / "demo" / "site.toml"), script["unit"]
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    for n in range((script["last"] - script["first"]).days + 1):
        day = script["first"] + timedelta(days=n)
        night(engine, site, day, found(script, site, day), baseline=None)
        if not quiet_hours(moment := datetime.combine(day, time(9), SHANGHAI), OFFICIAL):
            morning(engine, site, moment, unit if day == script["released"] else "")
    with engine.connect() as connection:
        own = select(MailRow.subject, MailRow.text).where(MailRow.recipient == unit).order_by(MailRow.day)
        mails = connection.execute(own).all()
    return "\n".join(f"```\n主题：{mail.subject}\n\n{mail.text.strip()}\n```\n" for mail in mails)


def morning(engine: Engine, site: Site, moment: datetime, released: str) -> None:
    """The mails of a morning, all of which arrive."""
    with engine.begin() as connection:
        if released:
            release(connection, site.key, moment, unit=released)
    write_mails(engine, context(site, moment.date()), moment, Sender("beiguan.example"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE mails SET handed_at = composed_at, state = '已结'")


def found(script: dict[str, Any], site: Site, day: date) -> list[Finding]:
    """What the rules find in that night's facts."""
    return [each for facts in script["facts"] for each in _found(facts, script["unit"], site, day)]


def _found(facts: dict[str, Any], unit: str, site: Site, day: date) -> Iterator[Finding]:
    if not facts.get("from", date.min) <= day <= facts.get("until", date.max):
        return
    names = [facts["rule"]] if isinstance(facts["rule"], str) else facts["rule"]
    for rule in (each for each in BOOK if each.id in names):
        known = {name: value for name, value in facts.items() if name not in NOT_FACTS}
        urls = [column.url for column in site.columns if list(column.path) == known.get("path")]
        whose = {"units": [unit], "unit_names": next(u.name for u in site.units if u.key == unit)}
        case = build(rule.takes, {"url": urls[0] if urls else "", "as_of": day, **whose, **known})
        yield from judge([case], [rule], {})


def with_fortnight(text: str) -> str:
    """The document with the fortnight in its place."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{fortnight()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    Path(DOC).write_text(with_fortnight(DOC.read_text(encoding="utf-8")), encoding="utf-8")
