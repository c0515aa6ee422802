"""The second channel: a group's robot at 企业微信 or 钉钉."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine

from db.mail.queue import deliveries_of
from db.tables.mail import DeliveryState
from monitor.alerts.gather import HOOK
from monitor.alerts.hook import HookTransport, signature
from monitor.alerts.outbox import Sender, send_queued, write_mails
from monitor.alerts.render import facts_of_outbox
from monitor.alerts.settings import HookSettings
from monitor.clock import SHANGHAI
from tests.alert_world import DAY, county, three_findings
from tests.conftest import context
from tests.hostile_server import whole


@pytest.fixture
def morning(engine: Engine) -> Engine:
    return three_findings(engine)


@dataclass
class Robot:
    """Answers every message alike; an empty answer breaks the connection off. `told`: path and body of each."""

    answer: bytes
    told: list[tuple[str, bytes]] = field(default_factory=list)


@contextmanager
def listening(robot: Robot) -> Iterator[str]:
    """The robot's address on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            robot.told.append((self.path, body))
            self.wfile.write(robot.answer)

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/send?key=k"
        server.shutdown()


def hooked(engine: Engine, address: str) -> list[dict[str, Any]]:
    """The outbox's message to the robot after a round."""
    moment = datetime.combine(DAY, time(9), SHANGHAI)
    write_mails(engine, context(county(), moment.date()), moment, Sender("county.example", hook=True))
    transport = HookTransport(HookSettings(url=address, secret="s", timeout=5))
    send_queued(engine, county(), {HOOK: transport}, lambda: moment)
    return [
        mail for mail in facts_of_outbox(deliveries_of(engine, county().key)) if mail["recipient"] == HOOK
    ]


def said(**reply: object) -> bytes:
    return whole(json.dumps(reply).encode())


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (said(errcode=0, errmsg="ok"), DeliveryState.ACCEPTED),
        (said(errcode=310000, errmsg="sign"), DeliveryState.REFUSED),
        (whole(b"<html>"), DeliveryState.REFUSED),
        (whole(b"\xff\xfe"), DeliveryState.REFUSED),
        (whole(b"", "404 Not Found"), DeliveryState.REFUSED),
        (whole(b"", "302 Found", "Location: http://127.0.0.1:9/"), DeliveryState.REFUSED),
        (whole(b"", "429 Too Many"), DeliveryState.QUEUED),
        (whole(b"", "502 Bad Gateway"), DeliveryState.UNKNOWN),
        (whole(b" " * 200_000), DeliveryState.UNKNOWN),
        (b"", DeliveryState.UNKNOWN),
    ],
)
def test_what_the_robots_answer_means(answer: bytes, state: DeliveryState, morning: Engine) -> None:
    with listening(Robot(answer)) as address:
        (message,) = hooked(morning, address)
    assert message["deliveries"][0]["state"] == state.value
    assert "key=k" not in json.dumps(message)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/send?key=k", "http://169.254.169.254/send?key=k"])
def test_a_robot_that_is_not_there_is_told_later(address: str, morning: Engine) -> None:
    (message,) = hooked(morning, address)
    assert message["deliveries"][0]["state"] == DeliveryState.QUEUED.value


def test_the_robot_is_told_the_day_in_words_and_signed(morning: Engine) -> None:
    robot = Robot(said(errcode=0))
    with listening(robot) as address:
        hooked(morning, address)
        hooked(morning, address)
    ((path, body),) = robot.told
    told = json.loads(body)
    assert told["msgtype"] == "text"
    assert "向 3 个单位发出提醒邮件" in told["text"]["content"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    assert query == {"key": "k", **signature("s", int(query["timestamp"]))}
