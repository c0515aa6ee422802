"""Sending a day's summary to a group's robot at 企业微信 or 钉钉, which take the same text."""

import base64
import hashlib
import hmac
import time
from typing import Any

import httpx

from db.mail.delivery import Answer, Claimed
from db.tables.mail import DeliveryState
from monitor.alerts.message import HandOver, SendResult
from monitor.alerts.settings import HookSettings
from monitor.paper_files.inert import plain

BUSY = (429, 503)


class HookTransport:
    """`transport` is for tests. The robot's address is a secret and is never printed."""

    def __init__(self, settings: HookSettings, transport: httpx.BaseTransport | None = None) -> None:
        self.settings = settings
        self.client = httpx.Client(timeout=settings.timeout, transport=transport)

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
        try:
            reply = self.client.post(self._address(), json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol):
            return DeliveryState.QUEUED, None, "群机器人无法连接"
        except httpx.HTTPError as error:
            return DeliveryState.UNKNOWN, None, f"交出后没有收到群机器人的答复（{type(error).__name__}）"
        return judge_reply(reply)

    def _address(self) -> httpx.URL:
        address = httpx.URL(self.settings.url.get_secret_value())
        secret = self.settings.secret.get_secret_value()
        return address.copy_merge_params(signature(secret, round(time.time() * 1000))) if secret else address


def signature(secret: str, milliseconds: int) -> dict[str, str]:
    """钉钉's 加签: the query that proves who posts, good for an hour."""
    signed = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return {"timestamp": str(milliseconds), "sign": base64.b64encode(signed).decode()}


def judge_reply(reply: httpx.Response) -> tuple[DeliveryState, int | None, str]:
    """The meaning of the robot's answer: errcode 0 where it accepted the message."""
    if reply.status_code in BUSY:
        return DeliveryState.QUEUED, reply.status_code, "群机器人忙"
    if reply.status_code >= 500:
        return DeliveryState.UNKNOWN, reply.status_code, "群机器人出错"
    try:
        said: Any = reply.json()
    except ValueError:
        said = {}
    code = said.get("errcode") if isinstance(said, dict) else None
    if reply.status_code == 200 and code == 0:
        return DeliveryState.ACCEPTED, 0, "ok"
    words = plain(str(said.get("errmsg", "")))[:200] if isinstance(said, dict) else ""
    return DeliveryState.REFUSED, code if isinstance(code, int) else reply.status_code, words
