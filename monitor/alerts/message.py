"""A mail of the outbox as an Internet message: the same bytes every time, and no header that was not
meant."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from db.mail.delivery import Claimed
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
