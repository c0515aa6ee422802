"""Checking printed score tables: hand-made papers with what must be found in each, and nothing else."""

import json
from pathlib import Path

import pytest

from monitor.scores.printed.recheck import Recheck, recheck
from monitor.scores.printed_file import read_paper

PAGES = Path(__file__).parent / "pages" / "tables"
PAPERS = sorted(path for path in PAGES.iterdir() if path.suffix in (".txt", ".csv", ".html"))


def found(checked: Recheck) -> list[list[str]]:
    return sorted([each.kind.value, each.unit, each.printed, each.reckoned] for each in checked.discrepancies)


@pytest.mark.parametrize(
    "paper", [p for p in PAPERS if p.stem != "nothing_to_check"], ids=lambda path: path.stem
)
def test_exactly_what_is_wrong_is_found(paper: Path) -> None:
    expected = json.loads(paper.with_suffix(".json").read_text(encoding="utf-8"))
    checked = recheck(read_paper(paper))
    assert found(checked) == sorted(expected["discrepancies"])
    assert sum(table.rows for table in checked.tables) == expected["rows"]
    assert sum(table.equal for table in checked.tables) == expected["equal"]
