"""Users of the service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.tables.users import SessionRow, UserRow
from rules.errors import WrongInput
from rules.vocabulary.roles import Role, Viewer


@dataclass(frozen=True, slots=True)
class User:
    """A user as kept. `password` is an argon2 hash."""

    id: int
    viewer: Viewer
    password: str
    disabled: bool


def add_user(connection: Connection, viewer: Viewer, password: str, moment: datetime) -> None:
    """Enters a user with the hash of a password. Raises WrongInput where the name is taken."""
    values = {"name": viewer.name, "role": viewer.role.value, "site": viewer.site, "unit": viewer.unit}
    try:
        connection.execute(insert(UserRow).values(password=password, made_at=moment, **values))
    except IntegrityError:
        raise WrongInput(f"已有用户“{viewer.name}”，没有添加，请换一个名称。") from None


def user_named(connection: Connection, name: str) -> User | None:
    row = connection.execute(select(UserRow.__table__).where(UserRow.name == name)).first()
    return user_of(row) if row else None


def users(connection: Connection) -> Sequence[User]:
    """All users, in the order in which they were added."""
    return [user_of(row) for row in connection.execute(select(UserRow.__table__).order_by(UserRow.id))]


def any_user(connection: Connection) -> bool:
    return bool(connection.scalar(select(func.count()).select_from(UserRow)))


def set_password(connection: Connection, name: str, password: str) -> bool:
    """Sets the hash of a new password and ends the user's sessions; false where there is no such user."""
    return _changed(connection, name, {"password": password})


def disable(connection: Connection, name: str, moment: datetime) -> bool:
    """Ends what a user may do; false where there is no such user."""
    return _changed(connection, name, {"disabled_at": moment})


def user_of(row: object) -> User:
    """A row of users (with its columns' names) as a User."""
    name, role, site, unit = (getattr(row, each) for each in ("name", "role", "site", "unit"))
    number, password, disabled = (getattr(row, each) for each in ("id", "password", "disabled_at"))
    return User(number, Viewer(name, Role(role), site, unit), password, disabled is not None)


def _changed(connection: Connection, name: str, values: dict[str, object]) -> bool:
    there = connection.execute(update(UserRow).where(UserRow.name == name).values(values)).rowcount == 1
    mine = select(UserRow.id).where(UserRow.name == name).scalar_subquery()
    connection.execute(delete(SessionRow).where(SessionRow.user_id == mine))
    return there
