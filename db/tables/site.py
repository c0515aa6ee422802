"""Tables of what is declared: sites, units, columns, duties, mailboxes.

`key` is the id in the site file, `position` the place in it, from 0: the order of the annexes. `active` is false once
the site file no longer names them; their history stays."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.metadata import Address, Key, Table


class SiteRow(Table):
    """网站. `own_lines` are the mobiles that its offices give out as their own and that are not masked, divided by blanks."""

    __tablename__ = "sites"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[Key] = mapped_column(unique=True)
    name: Mapped[str]
    home: Mapped[Address]
    own_lines: Mapped[Key] = mapped_column(default="", server_default="")


class UnitRow(Table):
    """单位. `kind` is 部门, 乡镇, 街道 or 门户 (the portal itself, which owns what no unit owns)."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("site_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    key: Mapped[Key]
    position: Mapped[int]
    name: Mapped[str]
    kind: Mapped[Key]
    active: Mapped[bool] = mapped_column(default=True)


class ColumnRow(Table):
    """栏目. `field`, `level1`, `level2` are "" where the path has no such part. `elsewhere` is the note to print for a
    column kept on another site, which has no `url`; `shared`: one list of many units; `outside`: not part of
    基层政务公开; `cycle` is in days; `kind` (栏目类别) is the site file's, or what the names tell."""

    __tablename__ = "columns"
    __table_args__ = (UniqueConstraint("site_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    key: Mapped[Key]
    position: Mapped[int]
    field: Mapped[str]
    level1: Mapped[str]
    level2: Mapped[str]
    url: Mapped[Address | None]
    elsewhere: Mapped[str | None]
    shared: Mapped[bool]
    outside: Mapped[bool]
    cycle: Mapped[int | None]
    kind: Mapped[Key]
    active: Mapped[bool] = mapped_column(default=True)


class DutyRow(Table):
    """责任: a column as owed by one unit, or jointly by several; by none in a shared column (what nobody could be
    named for). Whose it is stands in duty_units; `key` only tells the duties of a column apart (it is the same for
    the same units), `label` is the units' names as printed. `position` is among all duties of the site."""

    __tablename__ = "duties"
    __table_args__ = (UniqueConstraint("column_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    column_id: Mapped[int] = mapped_column(ForeignKey("columns.id"))
    key: Mapped[Key]
    position: Mapped[int]
    label: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class DutyUnitRow(Table):
    """The units that owe a duty; more than one owe it jointly."""

    __tablename__ = "duty_units"
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)


class MailboxRow(Table):
    """信箱. `reply_within` is in working days."""

    __tablename__ = "mailboxes"
    __table_args__ = (UniqueConstraint("site_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    key: Mapped[Key]
    position: Mapped[int]
    name: Mapped[str]
    url: Mapped[Address]
    reply_within: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
