"""A part of the working copy. Pure."""

from dataclasses import dataclass

from monitor.paper_files.printed_table import PrintedTable


@dataclass(frozen=True, slots=True)
class WorkingPart:
    """One part: sentences, then a table with its headings; without rows the table says 无."""

    title: str
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def grid(self) -> PrintedTable:
        return PrintedTable.of_rows(self.widths, [self.heads, *self.rows])
