"""A scripted fortnight, night after night, before a real SMTP server: exactly the expected mails, and no others."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from monitor.alerts.outbox import Sender, send_queued, write_mails
from monitor.alerts.settings import SmtpSettings
from monitor.alerts.smtp import SmtpTransport
from monitor.clock import SHANGHAI
from rules.alerting import quiet_hours
from rules.dates.workdays import OFFICIAL
from rules.vocabulary.places import Site
from tests.alert_world import county, finding, fortnight, night, numbers
from tests.conftest import context
from tests.mail_server import PostOffice, Taken, post_office

HOURS = (time(2, 10), time(9, 0), time(15, 30), time(22, 0))
LINE = re.compile(r"［[^，］]+，([^］]+)］.*?问题编号：(\d+)", re.S)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with post_office(tmp_path) as server:
        server.replies["gone@county.example"] = "550 5.1.1 no such user"
        yield server


def run(engine: Engine, site: Site, office: PostOffice, moment: datetime) -> None:
    """What `gongkai alert --send` does at a moment."""
    if quiet_hours(moment, OFFICIAL):
        return
    settings = SmtpSettings(
        **{k.removeprefix("GONGKAI_SMTP_").lower(): v for k, v in office.settings().items()}
    )  # type: ignore[arg-type]
    assert write_mails(engine, context(site, moment.date()), moment, Sender(settings.domain)) == []
    transport = SmtpTransport(settings, site.units[0])
    assert send_queued(engine, site, {"": transport}, lambda: moment).troubles == []
    transport.close()


def said_by(mail: Taken, names: dict[int, str]) -> list[str]:
    return [f"{names[int(number)]} {status}" for status, number in LINE.findall(mail.text)]


def notes_in(mail: Taken) -> int:
    _, _, notes = mail.text.partition("【运行事项】")
    return len(re.findall(r"^\d+\. ", notes.partition("【")[0], re.M))


def test_a_fortnight_brings_exactly_the_expected_mails(engine: Engine, office: PostOffice) -> None:
    site, script = county(), fortnight()
    findings = {
        name: finding(name, facts["unit"], facts["rule"], facts.get("severity", "扣分"))
        for name, facts in script["findings"].items()
    }
    for each in script["days"]:
        office.taken.clear()
        night(engine, site, each["day"], [findings[name] for name in each["said"]], each.get("waived", ()))
        for hour in HOURS:
            run(engine, site, office, datetime.combine(each["day"], hour, SHANGHAI))
        names = numbers(engine)
        assert [heard(mail, names) for mail in office.taken] == [
            expected(mail) for mail in each.get("mails", ())
        ], each["day"]


def heard(mail: Taken, names: dict[int, str]) -> dict[str, Any]:
    return {"to": mail.to, "lines": said_by(mail, names), "notes": notes_in(mail)}


def expected(mail: dict[str, Any]) -> dict[str, Any]:
    return {
        "to": (f"{mail['to']}@county.example",),
        "lines": mail.get("lines", []),
        "notes": mail.get("notes", 0),
    }
