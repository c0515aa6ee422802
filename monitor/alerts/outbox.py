"""The outbox: mails are stored first, then sent; what an earlier run left half-way is taken up again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from db.connect import Engine
from db.mail.delivery import Answer, Claimed, claim, hand_over, put_back, queued, settle
from db.mail.queue import Letter, Said, drop_unsent, put_in
from monitor.alerts.compose import compose
from monitor.alerts.gather import HOOK, gather
from monitor.alerts.lines import Mail
from monitor.alerts.message import message_id
from monitor.alerts.render import hook_text, render
from monitor.alerts.transport import SendResult, Transport
from monitor.judge.context import Context
from rules.alerting import Mark
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
