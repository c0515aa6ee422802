"""A mail on its way: as an Internet message (the same bytes every time, no header that was not meant), and the protocol
of what sends it. A transport reports answers; it does not decide what becomes of the mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import Protocol

from db.mail.delivery import Answer, Claimed
from monitor.alerts.compose import addresses
from monitor.alerts.settings import SmtpSettings, usable
from monitor.clock import SHANGHAI
from monitor.paper_files.inert import plain
from rules.vocabulary.places import Unit


def message_id(site: str, recipient: str, day: str, domain: str) -> str:
    """The mail's own number in the world: it follows from what the mail is, so that a mail sent again is the same."""
    return f"<gongkai.{sha256(f'{site} {recipient} {day}'.encode()).hexdigest()[:32]}@{domain}>"


def build(mail: Claimed, settings: SmtpSettings, office: Unit) -> bytes:
    """The message in ASCII with CRLF ends of line. Raises ValueError on a head that would not be inert."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(plain(settings.sender_name), addr_spec=settings.address)
    message["To"] = [_address(each) for each in mail.everyone]
    if addresses(office):
        message["Reply-To"] = [Address(plain(office.name), addr_spec=each) for each in addresses(office)]
    message["Subject"] = plain(mail.subject)
    message["Date"] = mail.composed_at.astimezone(SHANGHAI)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="base64")
    message.add_alternative(mail.html, subtype="html", cte="base64")
    message.set_boundary(f"=_{sha256(mail.message_id.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _address(address: str) -> Address:
    if not usable(address):
        raise ValueError(address)
    return Address(addr_spec=address)


# Called with the answers so far when everything but the mail's last byte is out. False: stop.
HandOver = Callable[[Sequence[Answer]], bool]


@dataclass(frozen=True, slots=True)
class SendResult:
    """The result of sending one mail. `trouble`: it was certainly not sent, and why; then there are no answers.
    `hopeless`: no other mail can be sent now either."""

    answers: tuple[Answer, ...] = ()
    trouble: str = ""
    hopeless: bool = False


class Transport(Protocol):
    """Sends one mail at a time; must call `hand_over` before the step that cannot be undone."""

    def send(self, mail: Claimed, hand_over: HandOver) -> SendResult: ...

    def close(self) -> None: ...
