"""`gongkai send-test-mail`: do the mail settings work?"""

from typing import Annotated

import typer

from db.tables.mail import DeliveryState
from monitor.alerts.settings import smtp_settings, usable
from monitor.alerts.trial import send_trial
from monitor.cli.options import Json
from monitor.clock import shanghai_now
from monitor.terminal import say, say_json
from rules.errors import GongkaiError, WrongInput

ENDS = {DeliveryState.REFUSED: "被拒收", DeliveryState.UNKNOWN: "已交出，是否送达不明"}
Address = Annotated[str, typer.Argument(metavar="邮箱", help="收件地址，如自己的邮箱")]


def send_test_mail(address: Address, as_json: Json = False) -> None:
    """发送一封测试邮件，检查邮件设置；不涉及任何单位，不记入数据库。"""
    if not usable(address):
        raise WrongInput(f"“{address}”不是可用的邮箱地址，应如 zwgk@example.gov.cn，没有发送。")
    settings = smtp_settings()
    answer = send_trial(settings, address, shanghai_now())
    said = f"{answer.code} {answer.text}".strip() if answer.code else answer.text
    if as_json:
        facts = {"address": address, "state": answer.state.value, "code": answer.code, "text": answer.text}
        say_json(facts | {"server": settings.host})
    if answer.state is DeliveryState.ACCEPTED:
        if not as_json:
            say(
                f"邮件服务器 {settings.host} 已接收发往 {address} 的测试邮件（{said}），请到收件箱查看，没有的话看垃圾邮件。"
            )
        return
    raise GongkaiError(
        f"测试邮件{ENDS.get(answer.state, '没有被接收')}：{address}，服务器答复 {said or '无'}，请核对收件地址与 GONGKAI_SMTP_SENDER。"
    )
