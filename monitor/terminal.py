"""Speaking to a terminal: nothing that came from a web page may act there."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from monitor.paper_files.json_text import json_text
from rules.scanners.masking_in_force import masked_text
from rules.vocabulary.unprinted import UNPRINTED

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def plain(text: object) -> Text:
    """Text from anywhere, without markup, characters that a terminal obeys or hides, and personal numbers."""
    return Text(UNPRINTED.sub("", masked_text(str(text))))


def say(text: object) -> None:
    out.print(plain(text))


def say_error(text: object) -> None:
    err.print(plain(text))


def say_json(value: Any, indent: int | None = 1) -> None:
    """One JSON document on standard output; with `indent` None on one line."""
    print(json_text(value, indent), end="")


def say_table(heads: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table whose cells wrap: a sentence is never cut short."""
    table = Table(
        *(Column(plain(head), overflow="fold") for head in heads),
        title=plain(title) if title else None, title_justify="left",
    )  # fmt: skip
    for row in rows:
        table.add_row(*(plain("" if cell is None else cell) for cell in row))
    out.print(table, soft_wrap=False)
