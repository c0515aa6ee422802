"""Tables of what is said by mail: the outbox, its deliveries, and what was told of which finding.

The way of a mail: 待发 → 发送中 (nothing final was handed over yet: if the process dies, the mail has not gone) → 已交出
(written down just before the server is given the end of the mail) → 已结. A process that dies in 已交出 leaves a mail
of which nobody can know whether the server took it: it becomes 不明, is never sent again by itself, and a person is
told. With the next mail to the same recipient, which says again what of it still holds, it is 已重述."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.metadata import Key, Table


class MailState(StrEnum):
    """Where a mail stands. DROPPED: it never left; RESTATED: nobody knows whether it arrived. What either said is in
    a later one."""

    QUEUED = "待发"
    SENDING = "发送中"
    HANDED = "已交出"
    DONE = "已结"
    UNKNOWN = "不明"
    RESTATED = "已重述"
    DROPPED = "未发"


class DeliveryState(StrEnum):
    """What became of a mail at one address. REFUSED: for good (5xx); QUEUED: not tried, or put off (4xx)."""

    QUEUED = "待发"
    HANDED = "已交出"
    ACCEPTED = "已接收"
    REFUSED = "拒收"
    UNKNOWN = "不明"
    GIVEN_UP = "放弃"


class MailRow(Table):
    """One mail to one recipient on one day: `recipient` is a unit's key, or @operator, or @hook. `attempt` counts
    the claims: a sender that was given up for dead cannot go on with an old one. `note`: why it still waits."""

    __tablename__ = "mails"
    __table_args__ = (UniqueConstraint("site_id", "recipient", "day"), UniqueConstraint("message_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    recipient: Mapped[Key]
    day: Mapped[date]
    message_id: Mapped[Key]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    composed_at: Mapped[datetime]
    state: Mapped[Key]
    attempt: Mapped[int]
    handed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    note: Mapped[str]


class DeliveryRow(Table):
    """One address of a mail, with the server's last answer: its code (None: it was not asked) and its words."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("mail_id", "address"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mails.id"))
    address: Mapped[Key]
    state: Mapped[Key]
    code: Mapped[int | None]
    answer: Mapped[str]
    at: Mapped[datetime | None]


class NotificationRow(Table):
    """What a mail says of a finding: `unit` is whose finding it is (not always whom the mail goes to), `opened_on`
    tells one time that it was open from another."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("mail_id", "finding_id", "unit"),
        Index("ix_notifications_finding", "finding_id", "unit", "opened_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mails.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    unit: Mapped[Key]
    opened_on: Mapped[date]
    mark: Mapped[Key]


class BaselineRow(Table):
    """基线: the first night of a site that counts; what it found is told to nobody until it is released."""

    __tablename__ = "baselines"
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    night: Mapped[date]


class ReleaseRow(Table):
    """What the office released of a site's baseline: one finding, or all of a unit (`unit` its key, "": of all units)."""

    __tablename__ = "releases"
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    unit: Mapped[Key]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"))
    released_at: Mapped[datetime]
