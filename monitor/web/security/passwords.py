"""Passwords: argon2id hashes, and what a password has to be."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rules.errors import WrongInput

SHORTEST, LONGEST = 10, 200
_HASHER = PasswordHasher()
# Checked where there is no such user, so that the time taken does not tell which names exist.
_NOBODY = _HASHER.hash("nobody")


def hash_of(password: str, name: str = "") -> str:
    """The hash to keep. Raises WrongInput of a password that is too short, too long, or holds the user's name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WrongInput(f"密码应为 {SHORTEST} 至 {LONGEST} 个字符，没有保存，请重新设定。")
    if name and name.lower() in password.lower():
        raise WrongInput("密码中不能包含用户名，没有保存，请重新设定。")
    if len(set(password)) < 5:
        raise WrongInput("密码中不同的字符太少，没有保存，请重新设定。")
    return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password belongs to the kept hash; None: there is no such user."""
    try:
        return _HASHER.verify(kept or _NOBODY, password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
