"""Sending mails by SMTP, step by step, so that the one step that cannot be undone is recorded before it is taken."""

import smtplib
import socket
import ssl
from typing import Any

from db.mail.delivery import Answer, Claimed
from db.tables.mail import DeliveryState
from monitor.alerts.message import HandOver, SendResult, build
from monitor.alerts.settings import Security, SmtpSettings
from monitor.paper_files.inert import plain
from rules.vocabulary.places import Unit

# The first that fits, so the narrower kinds stand before the wider.
MISFORTUNES: dict[type[Exception], str] = {
    ssl.SSLCertVerificationError: "证书不可信，自签证书请用 GONGKAI_SMTP_CA 指明",
    ssl.SSLError: "加密握手失败，请核对端口与 GONGKAI_SMTP_SECURITY",
    socket.gaierror: "服务器名称无法解析，请核对 GONGKAI_SMTP_HOST",
    TimeoutError: "等待服务器答复超时，请核对端口与网络",
    ConnectionRefusedError: "服务器拒绝连接，请核对端口",
    ConnectionError: "连接被中断",
    smtplib.SMTPNotSupportedError: "服务器不支持所设的加密或登录方式，请核对端口与 GONGKAI_SMTP_SECURITY",
    smtplib.SMTPServerDisconnected: "服务器断开了连接，请核对端口与 GONGKAI_SMTP_SECURITY",
}

Reply = tuple[int, bytes]
GO_AHEAD, FINE = 354, 250
NO_REPLY: Reply = (-1, b"")
# What the first digit of a code means to an address that is offered, and to a mail that was handed over.
OFFERED = {2: DeliveryState.HANDED, 4: DeliveryState.QUEUED, 5: DeliveryState.REFUSED}
STATES = {2: DeliveryState.ACCEPTED, 4: DeliveryState.QUEUED, 5: DeliveryState.REFUSED}


class SmtpTransport:
    """One connection for as many mails as it lasts."""

    def __init__(self, settings: SmtpSettings, office: Unit) -> None:
        self.settings, self.office = settings, office
        self.server: smtplib.SMTP | None = None

    def send(self, mail: Claimed, hand_over: HandOver) -> SendResult:
        try:
            message = build(mail, self.settings, self.office)
        except ValueError:
            return SendResult(trouble="邮件头含有不允许的内容，没有发送")
        try:
            server = self._connected()
        except smtplib.SMTPAuthenticationError as error:
            why = f"邮件服务器不接受用户名或口令（{_brief(error)}），许多邮箱的口令要填授权码而不是登录密码"
            return SendResult(trouble=why, hopeless=True)
        except UnicodeEncodeError:
            return SendResult(trouble="邮件服务器的用户名或口令含有中文等字符，无法登录", hopeless=True)
        except (OSError, smtplib.SMTPException) as error:
            where = f"{self.settings.host}:{self.settings.usual_port}"
            return SendResult(trouble=f"邮件服务器 {where} 无法连接（{_brief(error)}）", hopeless=True)
        return self._transact(server, mail, message, hand_over)

    def close(self) -> None:
        server, self.server = self.server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    def _connected(self) -> smtplib.SMTP:
        if self.server is not None and not _ready(self.server):
            self.close()
        if self.server is None:
            self.server = connect(self.settings)
        return self.server

    def _transact(
        self, server: smtplib.SMTP, mail: Claimed, message: bytes, hand_over: HandOver
    ) -> SendResult:
        """One transaction: a failure before the hand-over means that nothing was sent, one after it that it is
        unknown."""
        offered: list[Answer] = []
        handed = False
        try:
            offered = _offer(server, self.settings.address, mail)
            if not any(answer.state is DeliveryState.HANDED for answer in offered):
                return SendResult(tuple(offered))
            reply = _send_body(server, message)
            if reply[0] != GO_AHEAD:
                state = DeliveryState.REFUSED if 500 <= reply[0] < 600 else DeliveryState.QUEUED
                return SendResult(_final(offered, state, reply))
            handed = hand_over(offered)
            if not handed:
                self._abandon()
                return SendResult(trouble="另一个进程正在处理这封邮件")
            server.send(b".\r\n")
            reply = server.getreply()
        except smtplib.SMTPSenderRefused as error:
            self._abandon()
            sender = self.settings.address
            why = f"邮件服务器不接受发件地址 {sender}（{_brief(error)}），它一般应与登录的账号一致"
            return SendResult(trouble=why)
        except (OSError, smtplib.SMTPException) as error:
            self._abandon()
            if not handed:
                return SendResult(trouble=f"发送中断（{_brief(error)}）")
            reply = NO_REPLY[0], f"交出后没有收到服务器的答复（{_brief(error)}）".encode()
        except BaseException:
            self._abandon()
            raise
        return SendResult(_final(offered, STATES.get(reply[0] // 100, DeliveryState.UNKNOWN), reply))

    def _abandon(self) -> None:
        """Breaks off without a word: the server throws away what was not ended."""
        server, self.server = self.server, None
        if server is not None:
            server.close()


def connect(settings: SmtpSettings) -> smtplib.SMTP:
    """A connection greeted, protected and signed in. Raises OSError or SMTPException."""
    secure = settings.security
    port = settings.usual_port
    # Without a name smtplib asks the name service for ours, which may take long.
    how: dict[str, Any] = {"timeout": settings.timeout, "local_hostname": settings.domain}
    context = _context(settings) if secure is not Security.NONE else None
    if secure is Security.SSL:
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, port, context=context, **how)
    else:
        server = smtplib.SMTP(settings.host, port, **how)
    try:
        # The end of a mail must leave at once, not when what was sent before it is acknowledged.
        if server.sock is not None:
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.ehlo()
        if secure is Security.STARTTLS:
            server.starttls(context=context)
            server.ehlo()
        if settings.user:
            server.login(settings.user, settings.password.get_secret_value())
    except BaseException:
        server.close()
        raise
    return server


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca:
        context.load_verify_locations(settings.ca)
    return context


def _ready(server: smtplib.SMTP) -> bool:
    """The connection still lives, and nothing is left of the mail before."""
    try:
        return server.rset()[0] == FINE
    except (OSError, smtplib.SMTPException):
        return False


def _offer(server: smtplib.SMTP, sender: str, mail: Claimed) -> list[Answer]:
    """MAIL and RCPT: what the server says to each address; HANDED: it takes mail for it."""
    reply = server.mail(sender)
    if reply[0] != FINE:
        raise smtplib.SMTPSenderRefused(*reply, sender)
    answers = []
    for address in mail.addresses:
        reply = server.rcpt(address)
        state = OFFERED.get(reply[0] // 100, DeliveryState.QUEUED)
        answers.append(Answer(address, state, *_words(reply)))
    return answers


def _send_body(server: smtplib.SMTP, message: bytes) -> Reply:
    """DATA and everything but the final dot: until that comes, the server has nothing."""
    reply = server.docmd("DATA")
    if reply[0] == GO_AHEAD:
        server.send(smtplib.quotedata(message.decode("ascii")).encode("ascii"))
    return reply


def _final(offered: list[Answer], state: DeliveryState, reply: Reply) -> tuple[Answer, ...]:
    """The answers when the addresses that the server took mail for are answered for together."""
    code, text = _words(reply)
    return tuple(
        Answer(each.address, state, code, text) if each.state is DeliveryState.HANDED else each
        for each in offered
    )


def _words(reply: Reply) -> tuple[int | None, str]:
    return reply[0] if reply[0] > 0 else None, _said(reply[1])[:300]


def _said(words: bytes | str) -> str:
    """A server's words, which Chinese ones write in GBK too."""
    if isinstance(words, str):
        return plain(words)
    try:
        return plain(words.decode())
    except UnicodeDecodeError:
        return plain(words.decode("gb18030", errors="replace"))


def _brief(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_said(error.smtp_error)}"[:200]
    # What smtplib calls a hang-up may have been our own patience that ended.
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        return _brief(error.__context__)
    known = next((words for kind, words in MISFORTUNES.items() if isinstance(error, kind)), "")
    return known or plain(str(error) or type(error).__name__)[:200]
