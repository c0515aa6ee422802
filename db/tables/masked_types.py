"""Types of the columns that hold what comes from outside: it is masked on its way in."""

from typing import Any

from sqlalchemy import JSON, Dialect, String
from sqlalchemy.types import TypeDecorator

from rules.scanners.masking import masked_address
from rules.scanners.masking_in_force import masked_text, masked_value


class MaskedText(TypeDecorator[str]):
    """A text from outside. What it is compared with in a statement is masked likewise."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value and masked_text(value)


class MaskedAddress(TypeDecorator[str]):
    """An address from outside, or what begins with one."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value and masked_address(value)


class MaskedJson(TypeDecorator[Any]):
    """Lists and tables of texts from outside; None is NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return masked_value(value)
