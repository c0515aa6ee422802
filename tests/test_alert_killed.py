"""`gongkai alert --send` killed (SIGKILL) at every step of the sending, and started again: no mail is lost or doubled. Where two
kills leave the same written down, the second start is made once.

There is one moment of which nobody can know: the end of a mail was given to the server, the result not yet written
down. That mail is never sent again by itself and is shown as 不明. A person's word settles it; without one, the unit's
mail of the next working day says everything again."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.connect import open_database
from db.tables.mail import DeliveryRow, DeliveryState, MailRow, MailState
from db.tables.schema import METADATA
from tests.alert_world import SITE_FILE, county, finding, night
from tests.commandline import ROOT, environment
from tests.mail_server import PostOffice, post_office, wait_for

DAY, NEXT_DAY = date(2023, 6, 20), date(2023, 6, 21)
# Another one at each start.
MADE_UP = {"message_id", "claimed_by"}
ALL_TAKEN = {"jyj@county.example": 1, "czj@county.example": 1}


@dataclass
class Killer:
    """The process that runs the command in processes of its own; see tests/alert_killer.py."""

    process: "subprocess.Popen[str]"
    folder: Path
    office: PostOffice

    def run(
        self, database: Path, kill: int | None = None, here: bool = False, **arguments: Any
    ) -> dict[str, Any]:
        # No certificates but the office's own: the system's take longer to load than a mail to send.
        url = {"GONGKAI_DATABASE_URL": f"sqlite:///{database}", "SSL_CERT_FILE": os.devnull}
        request = {
            "arguments": {"site": str(SITE_FILE), "as_of": DAY.isoformat(), "at": "09:00"} | arguments,
            "environment": self.office.settings() | url,
            "kill": kill,
            "here": here,
            "book": str(self.folder / "steps"),
        }
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@pytest.fixture
def killer(tmp_path: Path) -> Iterator[Killer]:
    with post_office(tmp_path) as office:
        office.replies["gone@county.example"] = "550 no such user"
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.alert_killer"],
            cwd=ROOT, env=environment(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True,
        )  # fmt: skip
        yield Killer(process, tmp_path, office)
        assert process.stdin
        process.stdin.close()
        process.wait(timeout=20)


@pytest.fixture
def morning(tmp_path: Path) -> Path:
    """A database with two mails to write: one to two addresses, one of which is refused."""
    database = tmp_path / "morning.db"
    engine = open_database(f"sqlite:///{database}")
    night(engine, county(), DAY, [finding("A", "jyj"), finding("B", "czj")])
    engine.dispose()
    return database


def outbox(database: Path) -> dict[str, str]:
    """Address → what became of the mail to it, of the two units."""
    engine = open_database(f"sqlite:///{database}")
    with engine.connect() as connection:
        rows = connection.execute(
            select(DeliveryRow.address, DeliveryRow.state)
            .join(MailRow, MailRow.id == DeliveryRow.mail_id)
            .where(MailRow.recipient.in_(["jyj", "czj"]))
        ).all()
        half_way = (MailState.SENDING.value, MailState.HANDED.value)
        assert not connection.execute(select(MailRow.id).where(MailRow.state.in_(half_way))).all()
    engine.dispose()
    return {row.address: row.state for row in rows}


def doubtful(database: Path) -> list[tuple[int, str]]:
    """Number of each mail of which nothing is known, and its address."""
    engine = open_database(f"sqlite:///{database}")
    with engine.connect() as connection:
        unknown = select(DeliveryRow.mail_id, DeliveryRow.address).where(
            DeliveryRow.state == DeliveryState.UNKNOWN.value
        )
        found = [(row.mail_id, row.address) for row in connection.execute(unknown)]
    engine.dispose()
    return found


def taken(office: PostOffice) -> Counter[str]:
    """How often each unit's address got its mail."""
    return Counter(to for mail in office.taken for to in mail.to if to in ALL_TAKEN)


@pytest.mark.timeout(600)
def test_killed_at_every_step_no_mail_is_lost_or_doubled(killer: Killer, morning: Path) -> None:
    office = killer.office
    killer.run(copied(morning, "first"), here=True, send=True)
    office.taken.clear()
    whole = killer.run(copied(morning, "whole"), send=True)
    assert whole["code"] == 0
    assert taken(office) == ALL_TAKEN
    moments: dict[str, list[str]] = {"sent once": [], "in doubt, taken": [], "in doubt, not taken": []}
    left: list[tuple[list[Any], Counter[str]]] = []
    for kill, name in enumerate(whole["steps"]):
        office.taken.clear()
        database = copied(morning, f"killed_{kill}")
        assert killer.run(database, kill, send=True)["code"] == -9, name
        # A start finds what was written down, and nothing else: the same again is the same again. What the server
        # took can be told only where no mail was being given to it.
        found = written_down(database)
        if not handed(database):
            if (found, taken(office)) in left:
                moments["sent once"].append(name)
                continue
            left.append((found, taken(office)))
        again = killer.run(database, send=True)
        wait_for(lambda: taken(office) == ALL_TAKEN, 1 if doubtful(database) else 10)
        if doubtful(database):
            heals(killer, copied(database, f"healed_{kill}"))
        moments[settle(killer, database, again)].append(name)
        assert taken(office) == ALL_TAKEN, (kill, name)
        assert outbox(database) == {
            "jyj@county.example": "已接收",
            "gone@county.example": "拒收",
            "czj@county.example": "已接收",
        }, (kill, name)
    # Nobody can know what became of a mail only between writing down that it goes and writing down that it went.
    assert set(moments["in doubt, not taken"]) == {"committed", "send b'.\\r\\n'"}
    assert len(moments["in doubt, not taken"]) == 4
    assert set(moments["in doubt, taken"]) <= {
        "getreply b''", "replied", "UPDATE mails SET state=?", "UPDATE deliveries SET st", "do_commit b''",
    }  # fmt: skip
    assert len(moments["sent once"]) > 60
    assert len(left) > 5


def written_down(database: Path) -> list[Any]:
    """Every row of every table, without the moments and the numbers that are made up anew each time."""
    engine = open_database(f"sqlite:///{database}")
    with engine.connect() as connection:
        rows = [
            tuple(
                value for name, value in row.items() if not (name in MADE_UP or isinstance(value, datetime))
            )
            for table in METADATA.sorted_tables
            for row in connection.execute(select(table)).mappings()
        ]
    engine.dispose()
    return rows


def handed(database: Path) -> bool:
    """Whether a mail was being given to the server."""
    engine = open_database(f"sqlite:///{database}")
    with engine.connect() as connection:
        found = connection.execute(select(MailRow.id).where(MailRow.state == MailState.HANDED.value)).all()
    engine.dispose()
    return bool(found)


def settle(killer: Killer, database: Path, again: dict[str, Any]) -> str:
    """What a person does who asks the unit whether the mail of which nothing is known has arrived."""
    unknown = doubtful(database)
    if not unknown:
        assert again["code"] == 0
        return "sent once"
    ((mail, address),) = unknown
    assert again["code"] == 3
    told = [mail.text for mail in killer.office.taken if "office@county.example" in mail.to]
    assert any(
        f"第 {mail} 号邮件" in text
        and "是否送达不明，不会自动重发，仍然有效的内容由对方的下一封邮件重述" in text
        for text in told
    )
    arrived = address in taken(killer.office)
    assert killer.run(database, **({"settle": mail} if arrived else {"resend": mail}))["code"] == 0
    assert killer.run(database, send=True)["code"] == 0
    return "in doubt, taken" if arrived else "in doubt, not taken"


def heals(killer: Killer, database: Path) -> None:
    """What becomes of a mail in doubt when nobody says a word."""
    office = killer.office
    before = list(office.taken)
    ((_, address),) = doubtful(database)
    assert killer.run(database, send=True, as_of=NEXT_DAY.isoformat())["code"] == 0
    (again,) = [mail for mail in office.taken[len(before) :] if "office@county.example" not in mail.to]
    assert again.to == (address,)
    assert f"新增（{DAY} 的邮件是否送达不明，此处重述）" in again.text
    numbers = [mail.number for mail in office.taken]
    assert len(numbers) == len(set(numbers))
    assert killer.run(database, send=True, as_of=NEXT_DAY.isoformat())["code"] == 0
    assert len(office.taken) == len(numbers)
    office.taken[:] = before


def copied(database: Path, name: str) -> Path:
    copy = database.with_name(f"{name}.db")
    shutil.copy(database, copy)
    return copy
