"""Tables of what is declared: sites, units, columns, duties, mailboxes. `active` is false once the site
file no longer names them; their history stays."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.metadata import Table


class SiteRow(Table):
    __tablename__ = "sites"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    home: Mapped[str]


class UnitRow(Table):
    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("site_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    key: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class ColumnRow(Table):
    """`field`, `level1`, `level2` are "" where the path has no such part."""

    __tablename__ = "columns"
    __table_args__ = (UniqueConstraint("site_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    key: Mapped[str]
    field: Mapped[str]
    level1: Mapped[str]
    level2: Mapped[str]
    url: Mapped[str | None]
    elsewhere: Mapped[str | None]
    shared: Mapped[bool]
    active: Mapped[bool] = mapped_column(default=True)


class DutyRow(Table):
    """`key` joins the keys of the units by +; `label` is their names as printed."""

    __tablename__ = "duties"
    __table_args__ = (UniqueConstraint("column_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    column_id: Mapped[int] = mapped_column(ForeignKey("columns.id"))
    key: Mapped[str]
    label: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class DutyUnitRow(Table):
    __tablename__ = "duty_units"
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)


class MailboxRow(Table):
    __tablename__ = "mailboxes"
    __table_args__ = (UniqueConstraint("site_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    key: Mapped[str]
    name: Mapped[str]
    url: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
