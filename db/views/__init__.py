"""Views for people who read the database with SQL; what each holds, with examples: docs/database.md.

One file a view, plain SELECTs that SQLite and PostgreSQL both understand. The migrations create them, in this order:
a view may select from those before it."""

from pathlib import Path

VIEWS = (
    "duty_list",
    "counts_by_period",
    "quarterly_counts",
    "unit_quarterly_counts",
    "open_findings",
    "open_findings_by_unit",
    "mailbox_letters",
    "mailbox_quarters",
    "readings_by_outcome",
    "coverage_by_night",
)


def statement(view: str) -> str:
    """The statement that creates a view."""
    return f"CREATE VIEW {view} AS\n{(Path(__file__).parent / f'{view}.sql').read_text(encoding='utf-8')}"
