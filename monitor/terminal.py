"""Speaking to a terminal: nothing that came from a web page may act there."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from monitor.paper_files.data_files import json_text

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: object) -> Text:
    """Text from anywhere, without markup or control characters."""
    return Text(CONTROL.sub("", str(text)))


def say(text: object) -> None:
    out.print(plain(text))


def say_error(text: object) -> None:
    err.print(plain(text))


def say_json(value: Any) -> None:
    """One JSON document on standard output."""
    print(json_text(value), end="")


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error, while it lasts; what it yields goes one step on."""
    # Only here: few commands take long.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*bar, console=err) as shown:
        task = shown.add_task(str(plain(label)), total=total)
        yield lambda: shown.advance(task)


def say_table(heads: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table whose cells wrap: a sentence is never cut short."""
    table = Table(
        *(Column(head, overflow="fold") for head in heads), title=title or None, title_justify="left"
    )
    for row in rows:
        table.add_row(*(plain("" if cell is None else cell) for cell in row))
    out.print(table, soft_wrap=False)
