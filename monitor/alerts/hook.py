"""Sending a day's summary to a group's robot at 企业微信 or 钉钉, which take the same text."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from crawler.fetching.client import Client
from crawler.fetching.destinations import FetchFailed, typed
from crawler.page.page import Page
from crawler.page.values import PageRequest
from db.mail.delivery import Answer, Claimed
from db.tables.mail import DeliveryState
from monitor.alerts.message import HandOver, SendResult
from monitor.alerts.settings import HookSettings
from monitor.paper_files.inert import plain

BUSY = (429, 503)
LONGEST_REPLY = 100_000  # bytes: a robot says ok, or why not


class HookTransport:
    """The robot's address is a secret and is never printed; it may stand on the intranet, and redirects nowhere."""

    def __init__(self, settings: HookSettings) -> None:
        self.settings = settings
        robot = typed(settings.url.get_secret_value())
        self.client = Client(robot, seconds=settings.timeout, most_bytes=LONGEST_REPLY)

    def send(self, mail: Claimed, hand_over: HandOver) -> SendResult:
        handed = [Answer(address, DeliveryState.HANDED) for address in mail.addresses]
        if not hand_over(handed):
            return SendResult(trouble="另一个进程正在处理这条消息")
        state, code, text = self._post(mail.text)
        return SendResult(tuple(Answer(address, state, code, text) for address in mail.addresses))

    def close(self) -> None:
        self.client.close()

    def _post(self, text: str) -> tuple[DeliveryState, int | None, str]:
        body = {"msgtype": "text", "text": {"content": text}}
        request = PageRequest(self._address(), "POST", body=json.dumps(body, ensure_ascii=False))
        try:
            reply = self.client.fetch(request, follow=False)
        except FetchFailed as error:
            if error.unsent:
                return DeliveryState.QUEUED, None, "群机器人无法连接"
            return DeliveryState.UNKNOWN, None, f"交出后没有收到群机器人的答复（{error.kind}）"
        return judge_reply(reply)

    def _address(self) -> str:
        address = self.settings.url.get_secret_value()
        secret = self.settings.secret.get_secret_value()
        if not secret:
            return address
        sign = urlencode(signature(secret, round(time.time() * 1000)))
        return f"{address}{'&' if '?' in address else '?'}{sign}"


def signature(secret: str, milliseconds: int) -> dict[str, str]:
    """钉钉's 加签: the query that proves who posts, good for an hour."""
    signed = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return {"timestamp": str(milliseconds), "sign": base64.b64encode(signed).decode()}


def judge_reply(reply: Page) -> tuple[DeliveryState, int | None, str]:
    """The meaning of the robot's answer: errcode 0 where it accepted the message."""
    if reply.status in BUSY:
        return DeliveryState.QUEUED, reply.status, "群机器人忙"
    if reply.status >= 500:
        return DeliveryState.UNKNOWN, reply.status, "群机器人出错"
    try:
        said: Any = json.loads(reply.body)
    except ValueError:
        said = {}
    code = said.get("errcode") if isinstance(said, dict) else None
    if reply.status == 200 and code == 0:
        return DeliveryState.ACCEPTED, 0, "ok"
    words = plain(str(said.get("errmsg", "")))[:200] if isinstance(said, dict) else ""
    return DeliveryState.REFUSED, code if isinstance(code, int) else reply.status, words
