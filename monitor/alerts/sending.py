"""One site's alerts of a day, from what is known to what the servers answered."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.connect import Engine
from db.locks import hold
from db.mail.overview import deliveries_of
from db.mail.queue import pick_up
from monitor.alerts.gather import HOOK
from monitor.alerts.hook import HookTransport
from monitor.alerts.lines import Mail
from monitor.alerts.outbox import Sender, SendingRound, send_queued, write_mails
from monitor.alerts.report import doubts_of, refusals_of
from monitor.alerts.settings import HookSettings, SmtpSettings, hook_settings, smtp_settings
from monitor.alerts.smtp import SmtpTransport
from monitor.alerts.transport import Transport
from monitor.judge.context import Context
from rules.alerting import quiet_hours
from rules.vocabulary.places import Site

BUSY = "另一个 gongkai alert 正在发送这个站点的邮件，本次没有发送，请等它结束。"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a sending came to: the outbox's rows that it touched, why nothing was sent ("" otherwise), addresses that
    were refused and what the operator must see to, both in Chinese sentences."""

    rows: Sequence[Any]
    silence: str
    refusals: Sequence[str]
    doubts: Sequence[str]


def send_alerts(engine: Engine, context: Context, moment: datetime) -> Sent:
    """Picks up what a crash left, writes the mails that are due at this moment, and sends what waits. May be called as
    often as one likes: a unit gets one mail a day at most. Raises SiteBusy, WrongInput."""
    site, smtp, hook = context.site, smtp_settings(), hook_settings()
    done, lost = SendingRound(), list[Mail]()
    with hold(engine, f"alert-{site.key}", BUSY):
        doubtful = pick_up(engine, site.key, moment)
        why = quiet_hours(moment, context.calendar)
        if not why:
            sender = Sender(smtp.domain, smtp.operators, hook is not None)
            lost = write_mails(engine, context, moment, sender)
            done = _carry(engine, site, smtp, hook, moment)
    rows = deliveries_of(engine, site.key, [*doubtful, *done.results])
    return Sent(rows, why, refusals_of(site, rows), doubts_of(site, rows, done, lost))


def _carry(
    engine: Engine, site: Site, smtp: SmtpSettings, hook: HookSettings | None, moment: datetime
) -> SendingRound:
    with ExitStack() as stack:
        transports: dict[str, Transport] = {
            "": stack.enter_context(closing(SmtpTransport(smtp, site.units[0])))
        }
        if hook is not None:
            transports[HOOK] = stack.enter_context(closing(HookTransport(hook)))
        return send_queued(engine, site, transports, lambda: moment)
