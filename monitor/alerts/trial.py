"""One mail that says nothing of any unit, to see whether the settings work."""

from contextlib import closing
from datetime import datetime

from db.mail.delivery import Answer, Claimed
from monitor.alerts.message import message_id
from monitor.alerts.settings import SmtpSettings
from monitor.alerts.smtp import SmtpTransport
from rules.errors import GongkaiError
from rules.vocabulary.places import Unit
from rules.vocabulary.terms import UnitKind

SUBJECT = "政务公开监测：测试邮件"
TEXT = (
    "这是 gongkai 政务公开监测发出的一封测试邮件，用来检查邮件设置，发送时间为北京时间 {moment:%Y-%m-%d %H:%M}。\n"
    "能看到这段文字和标题中的汉字，说明设置可用。不涉及任何单位，不需要办理，也不需要回复。\n"
)
SENDER = Unit("portal", "政务公开监测", UnitKind.PORTAL)


def send_trial(settings: SmtpSettings, address: str, moment: datetime) -> Answer:
    """Sends the mail by the transport of the alerts; what the server said to the address. Raises GongkaiError where it did not
    come so far."""
    text = TEXT.format(moment=moment)
    number = message_id("trial", address, moment.isoformat(), settings.domain)
    html = "".join(f"<p>{line}</p>" for line in text.splitlines())
    mail = Claimed(0, 1, "", number, SUBJECT, text, html, moment, (address,), (address,))
    with closing(SmtpTransport(settings, SENDER)) as transport:
        result = transport.send(mail, lambda _answers: True)
    if result.trouble:
        raise GongkaiError(f"测试邮件没有发送：{result.trouble}。请改正 GONGKAI_SMTP_ 开头的设置后重试。")
    return result.answers[0]
