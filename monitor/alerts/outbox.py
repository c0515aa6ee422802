"""One site's alerts of a day: mails are stored in the outbox first, then sent; what an earlier run left half-way is
taken up again."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.connect import Engine
from db.locks import hold
from db.mail.delivery import Answer, Claimed, claim, hand_over, put_back, queued, settle
from db.mail.queue import Letter, Said, deliveries_of, drop_unsent, pick_up, put_in
from monitor.alerts.compose import compose
from monitor.alerts.gather import HOOK, gather
from monitor.alerts.hook import HookTransport
from monitor.alerts.message import SendResult, Transport, message_id
from monitor.alerts.render import doubts_of, hook_text, refusals_of, render
from monitor.alerts.sections import Mail
from monitor.alerts.settings import HookSettings, SmtpSettings, hook_settings, smtp_settings
from monitor.alerts.smtp import SmtpTransport
from monitor.judge.context import Context
from rules.alerting import Mark, quiet_hours
from rules.vocabulary.places import Site

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the mail domain, the operators' addresses for troubles (else the office's), and whether a group's
    robot is told too."""

    domain: str
    operators: tuple[str, ...] = ()
    hook: bool = False


@dataclass(slots=True)
class SendingRound:
    """One round of sending: mail id → what came of it; `troubles` are Chinese sentences."""

    results: dict[int, SendResult] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def write_mails(engine: Engine, context: Context, moment: datetime, sender: Sender) -> list[Mail]:
    """Composes the mails of the context's day, on which the moment lies, and puts them into the outbox, in one
    transaction. Returns those that nobody can be given: even the office has no address."""
    site, day = context.site, context.as_of
    with engine.begin() as connection:
        drop_unsent(connection, site.key, day, moment)
        facts = gather(connection, context, sender.operators)
        mails = compose(facts)
        letters = [letter_of(mail, site, moment, sender) for mail in mails if mail.to]
        if sender.hook and HOOK not in facts.written and any(list(mail.lines) for mail in mails if mail.to):
            letters.append(_hook_letter(mails, site, moment, sender))
        put_in(connection, site.key, day, moment, letters)
    return [mail for mail in mails if not mail.to]


def letter_of(mail: Mail, site: Site, moment: datetime, sender: Sender) -> Letter:
    """A composed mail as it goes into the outbox."""
    day = moment.date()
    rendered = render(mail, site, day)
    said = {
        (line.finding, line.unit): Said(line.finding, line.unit, line.opened_on, line.mark)
        for line in mail.lines
        if line.mark is not Mark.STANDING
    }
    number = message_id(site.key, mail.recipient, day.isoformat(), sender.domain)
    return Letter(
        mail.recipient, number, rendered.subject, rendered.text, rendered.html, mail.to, tuple(said.values())
    )


def send_queued(
    engine: Engine, site: Site, transports: Mapping[str, Transport], clock: Clock
) -> SendingRound:
    """Sends what waits. `transports`: HOOK and "" (all others); one that is hopeless is not asked again in this
    round."""
    done, able = SendingRound(), dict(transports)
    for mail, recipient in queued(engine, site.key):
        way = recipient if recipient == HOOK else ""
        claimed = claim(engine, mail) if way in able else None
        if claimed is None:
            continue
        result = done.results[mail] = _send(engine, claimed, able[way], clock)
        if result.trouble:
            done.troubles.append(result.trouble)
        if result.hopeless:
            del able[way]
    return done


def _send(engine: Engine, claimed: Claimed, transport: Transport, clock: Clock) -> SendResult:
    def hand(answers: Sequence[Answer]) -> bool:
        return hand_over(engine, claimed, answers, clock())

    result = transport.send(claimed, hand)
    if result.trouble:
        put_back(engine, claimed, result.trouble)
    else:
        settle(engine, claimed, result.answers, clock())
    return result


def _hook_letter(mails: list[Mail], site: Site, moment: datetime, sender: Sender) -> Letter:
    day = moment.date()
    text = hook_text(site, day, [mail for mail in mails if mail.to])
    number = message_id(site.key, HOOK, day.isoformat(), sender.domain)
    return Letter(HOOK, number, text.splitlines()[0], text, "", (HOOK,))


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
    return Sent(rows, why, refusals_of(site, rows), doubts_of(site, rows, done.troubles, lost))


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
