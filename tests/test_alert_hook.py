"""The second channel: a group's robot at 企业微信 or 钉钉."""

import json
from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
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

ROBOT = HookSettings(url="https://robot.example/send?key=k", secret="s")


@pytest.fixture
def morning(engine: Engine) -> Engine:
    return three_findings(engine)


def hooked(engine: Engine, answer: Callable[[httpx.Request], httpx.Response]) -> list[dict[str, Any]]:
    """The outbox's message to the robot after a round with a robot that answers so."""
    moment = datetime.combine(DAY, time(9), SHANGHAI)
    write_mails(engine, context(county(), moment.date()), moment, Sender("county.example", hook=True))
    send_queued(engine, county(), {HOOK: HookTransport(ROBOT, httpx.MockTransport(answer))}, lambda: moment)
    return [
        mail for mail in facts_of_outbox(deliveries_of(engine, county().key)) if mail["recipient"] == HOOK
    ]


def refuse(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


def break_off(_request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("no answer")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (lambda _: httpx.Response(200, json={"errcode": 0, "errmsg": "ok"}), DeliveryState.ACCEPTED),
        (lambda _: httpx.Response(200, json={"errcode": 310000, "errmsg": "sign"}), DeliveryState.REFUSED),
        (lambda _: httpx.Response(200, text="<html>"), DeliveryState.REFUSED),
        (lambda _: httpx.Response(404), DeliveryState.REFUSED),
        (lambda _: httpx.Response(429), DeliveryState.QUEUED),
        (lambda _: httpx.Response(502), DeliveryState.UNKNOWN),
        (refuse, DeliveryState.QUEUED),
        (break_off, DeliveryState.UNKNOWN),
    ],
)
def test_what_the_robots_answer_means(
    answer: Callable[[httpx.Request], httpx.Response], state: DeliveryState, morning: Engine
) -> None:
    (message,) = hooked(morning, answer)
    assert message["deliveries"][0]["state"] == state.value
    assert "key=k" not in json.dumps(message)


def test_the_robot_is_told_the_day_in_words_and_signed(morning: Engine) -> None:
    asked: list[httpx.Request] = []

    def robot(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"errcode": 0})

    hooked(morning, robot)
    hooked(morning, robot)
    (request,) = asked
    said = json.loads(request.content)
    assert said["msgtype"] == "text"
    assert "向 3 个单位发出提醒邮件" in said["text"]["content"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(str(request.url)).query).items()}
    assert query == {"key": "k", **signature("s", int(query["timestamp"]))}
