"""Printing a bulletin: counts.csv, bulletin.json and a plain-text draft, all from one composed value."""

import csv
import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from db.counting import Count
from monitor.bulletin import Block, Bulletin, Total, status_label
from rules.engine import Finding
from rules.terms import Exactness

HEADER = ("unit", "field", "level1", "level2", "count", "exactness", "status", "url")


def write_bulletin(bulletin: Bulletin, folder: Path) -> list[Path]:
    """Writes the papers into a folder (made if need be) and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    papers = {
        "counts.csv": None,
        "bulletin.json": json.dumps(as_json(bulletin), ensure_ascii=False, indent=1) + "\n",
        "bulletin.txt": as_text(bulletin),
    }
    for name, text in papers.items():
        if text is None:
            write_counts(bulletin.counts, folder / name)
        else:
            (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in papers]


def write_counts(counts: list[Count], path: Path) -> None:
    """A row a duty; an external column has no number, and neither has what could not be read."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: inert(value) for name, value in count.row.items()} for count in counts)


def inert(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def as_text(bulletin: Bulletin) -> str:
    """The draft, with the working notes an editor needs below it."""
    environment = Environment(
        loader=PackageLoader("monitor"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=False,  # noqa: S701  (plain text)
    )  # fmt: skip
    environment.filters["names"] = "、".join
    environment.filters["shown"] = shown
    environment.filters["status"] = status_label
    return environment.get_template("bulletin.txt.j2").render(b=bulletin, j=bulletin.judgement)


def shown(count: Count) -> str:
    """A count as the annexes print it: a number, 至少 n, the external note, or the cause of not reading."""
    if count.column.elsewhere:
        return count.column.elsewhere
    if count.count is None:
        return f"未读取（{status_label(count.status)}）"
    return f"{count.count}" if count.exactness is Exactness.EXACT else f"至少 {count.count}"


def as_json(bulletin: Bulletin) -> dict[str, Any]:
    """The bulletin for programs. Totals are {"count", "exactness"}."""
    judgement = bulletin.judgement
    return {
        "site": judgement.site.key,
        "name": judgement.site.name,
        "period": judgement.period.key,
        "as_of": judgement.as_of.isoformat(),
        "total": _total(bulletin.total),
        "grassroots": _total(bulletin.grassroots),
        "annex1": [_block(block) for block in bulletin.annex1],
        "annex2": [_block(block) for block in bulletin.annex2],
        "outside": [count.row for count in bulletin.outside],
        "letters": {
            "received": bulletin.letters.received,
            "closed": bulletin.letters.closed,
            "rate": bulletin.letters.rate,
            "slow_units": list(bulletin.letters.slow_units),
            "slow": [_finding(finding) for finding in bulletin.letters.slow],
        },
        "proposed": {
            "streets_and_towns": [_finding(finding) for finding in bulletin.few_local],
            "departments": [_finding(finding) for finding in bulletin.few_departments],
        },
        "silent": [_finding(finding) for finding in bulletin.silent],
        "unread": [count.row for count in bulletin.unread],
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        "count": total.number,
        "exactness": (Exactness.EXACT if total.exact else Exactness.AT_LEAST).value,
    }


def _block(block: Block) -> dict[str, Any]:
    rows = [count.row for count in block.rows]
    return {"rank": block.rank, "unit": block.unit, "total": _total(block.total), "rows": rows}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"rule": finding.rule, "units": finding.unit_names, "sentence": finding.sentence}
