"""Tables of the service's users: who they are, their sessions, and the log of what they changed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.metadata import Key, Table


class UserRow(Table):
    """用户. `role` is a `rules.vocabulary.roles.Role`; `site` and `unit` are keys, "" except for the role 单位. `password` is an
    argon2 hash. Nobody is deleted: the log names them; `disabled_at` ends what they may do."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Key] = mapped_column(unique=True)
    role: Mapped[Key]
    site: Mapped[Key]
    unit: Mapped[Key]
    password: Mapped[Key]
    made_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class SessionRow(Table):
    """会话: one user signed in at one browser. `digest` is the SHA-256 of the cookie, which itself is not kept; `token` is
    what every form of the session carries, against requests forged on other sites."""

    __tablename__ = "sessions"
    digest: Mapped[Key] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token: Mapped[Key]
    opened_at: Mapped[datetime]
    used_at: Mapped[datetime]


class ChangeRow(Table):
    """操作记录: one thing that somebody did. Rows are added, never changed nor removed (the database refuses both)."""

    __tablename__ = "changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[datetime]
    who: Mapped[Key]
    action: Mapped[Key]
    about: Mapped[str]
