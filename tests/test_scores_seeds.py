"""The two published papers: their rows rebuilt, their discrepancies found, and one altered number always noticed."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.scores.compose import MonthlySheet, compose_sheet
from monitor.scores.earning import Noted, UnitFacts
from monitor.scores.form import criticism, praise
from monitor.scores.printed.discrepancies import Kind
from monitor.scores.printed.recheck import Recheck, recheck
from monitor.scores.printed_file import read_paper
from monitor.scores.scheme import parse_scheme
from rules.dates.periods import parse_period
from rules.vocabulary.terms import Severity, UnitKind

SCHEME = """
title = "政府网站管理和政务信息公开情况"
groups = [{ name = "区直单位", kinds = ["部门"] }, { name = "各镇（街道）", kinds = ["乡镇", "街道"] }]
[[components]]
name = "公共服务"
fixed = 4
[[components]]
name = "交流互动"
fixed = 2
[[components]]
name = "网站建设及安全"
fixed = 13
[[components]]
name = "政务信息公开"
bonuses = [{ item = "采用" }, { item = "领导访谈", points = 20, times = 1 }]
"""


def seed(shared: Path, number: str) -> Path:
    return next((shared / "seeds").glob(f"{number}_*.txt"))


def truth(shared: Path) -> list[dict[str, str]]:
    with (shared / "truth" / "yanshi_2022_01-02_scores.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rebuilt(shared: Path) -> MonthlySheet:
    facts = [
        UnitFacts(
            name=row["unit"],
            kind=UnitKind.DEPARTMENT if row["kind"] == "区直单位" else UnitKind.TOWN,
            noted={"采用": [Noted(points=Decimal(row["disclosure"]))]},
            carry=Decimal(row["january"]),
        )
        for row in truth(shared)
    ]
    return compose_sheet(parse_scheme(SCHEME, Path("x.toml")), parse_period("2022-02"), facts)


def test_forty_three_of_forty_four_rows_come_out_as_printed(shared: Path) -> None:
    printed = {row["unit"]: Decimal(row["total_jan_feb"]) for row in truth(shared)}
    sheet = rebuilt(shared)
    made = {row.unit: row for table in sheet.tables for row in table.rows}
    differing = [
        (unit, made[unit].total, total) for unit, total in printed.items() if made[unit].total != total
    ]
    assert len(printed) == 44
    assert differing == [("教育体育局", Decimal("82.5"), Decimal("92.5"))]
    assert (made["发展和改革委员会"].rank, made["教育体育局"].rank) == (2, 3)


def test_our_sheet_names_whom_the_ranks_name(shared: Path) -> None:
    sheet = rebuilt(shared)
    assert praise(sheet) == "2022年1—2月表现较好的单位有：民政局、发展和改革委员会和伊洛街道、邙岭镇。"
    assert criticism(sheet) == "表现较差的有：社保中心和商城街道。"


def test_the_score_bulletin_has_exactly_two_slips(shared: Path) -> None:
    checked = recheck(read_paper(seed(shared, "000")))
    assert [(table.rows, table.equal) for table in checked.tables] == [(31, 30), (13, 13)]
    row, period = checked.discrepancies
    assert (row.kind.value, row.unit, row.printed, row.reckoned) == ("row.sum", "教育体育局", "92.5", "82.5")
    assert (row.rank, row.rank_due, row.due_there) == (2, 3, ("发展和改革委员会（90）",))
    assert row.follows == ("正文将教育体育局列为较好的 2 个单位之一，但它居第 3。",)
    assert (row.place.row, row.place.column, row.place.heading) == (3, 7, "1—2月总分")
    assert (period.kind.value, period.printed, period.reckoned) == ("prose.period", "全年", "2022年1—2月")


def test_the_postings_bulletin_ties(shared: Path) -> None:
    checked = recheck(read_paper(seed(shared, "004")))
    # Who was named for publishing little (区住建局 9) and who was not: 公安 3, 审计 2, 财政 2.
    [hint] = checked.discrepancies
    assert (hint.kind, hint.severity) == (Kind.PASSED_OVER, Severity.NOTICE)
    assert (
        "点名区住建局（9），而少于它的区审计局（2）、区财政局（2）、北关公安分局（3）没有点名"
        in hint.sentence
    )
    assert [(table.rows, table.equal, table.grand) for table in checked.tables] == [
        (10, 10, 198),
        (23, 23, 363),
    ]
    assert [(tie["figure"], tie["equals"]) for tie in checked.ties] == [("561", "198 + 363")]


NUMBER = re.compile(r"(?<=\t)\d+(?:\.\d)?(?=\t|$)|^\d+(?=\t)")


def altered(text: str, serials: bool) -> Iterator[tuple[str, str]]:
    """The text with one number of its tables raised by a half or by one, and the line it stood in: every seventh number,
    by which each column's comes in some row. The serial numbers of a table that ranks nothing are no part of its
    reckoning."""
    lines = text.split("\n")
    places = [
        (n, match)
        for n, line in enumerate(lines)
        for match in NUMBER.finditer(line)
        if "\t" in line and (serials or match.start())
    ]
    for n, match in places[::7]:
        raised = str(Decimal(match[0]) + (Decimal("0.5") if serials else 1))
        changed = lines[n][: match.start()] + raised + lines[n][match.end() :]
        yield "\n".join([*lines[:n], changed, *lines[n + 1 :]]), lines[n]


@pytest.mark.parametrize("number", ["000", "004"])
def test_any_altered_number_is_noticed(shared: Path, tmp_path: Path, number: str) -> None:
    text = seed(shared, number).read_text(encoding="utf-8")
    known = sentences(recheck(read_paper(seed(shared, number))))
    paper, tried = tmp_path / "paper.txt", 0
    for changed, line in altered(text, serials=number == "000"):
        paper.write_text(changed, encoding="utf-8")
        assert sentences(recheck(read_paper(paper))) != known, line
        tried += 1
    assert tried > 30


def sentences(checked: Recheck) -> set[str]:
    return {discrepancy.sentence for discrepancy in checked.discrepancies}
