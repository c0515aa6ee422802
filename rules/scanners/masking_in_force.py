"""What comes from outside is masked where it enters the database, by the types of the columns, and again where it is said.

Which masking that is, a site file decides: loading one puts its masking in force for what follows (`mask_as`), as a locale
does; `show`, which loads none, has the database's word for it; elsewhere the default is."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from rules.scanners.masking import DEFAULT, Masking, masked

_IN_FORCE = ContextVar("masking", default=DEFAULT)


def mask_as(masking: Masking) -> None:
    """Puts a site's masking in force for whatever is recorded and said from now on."""
    _IN_FORCE.set(masking)


def masked_text(text: str) -> str:
    """A text as it may be kept and said."""
    return masked(text, _IN_FORCE.get())


def masked_value(value: Any) -> Any:
    """A value as JSON has it, with its texts masked."""
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, Mapping):
        return {masked_value(key): masked_value(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [masked_value(each) for each in value]
    return value
