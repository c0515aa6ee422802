"""Findings as listings say them: one unit and one column is one line, and nothing of them is lost."""

from collections.abc import Iterator
from itertools import count

from monitor.finding_lines import lines_of
from rules.book import RULES
from rules.engine.finding import Finding
from rules.engine.rulings import Ruling
from rules.vocabulary.places import NOTHING, Reference

NUMBERS = count(1)
COLUMN, OTHER = ("救灾领域", "备灾管理"), ("救灾领域", "灾后救助")


def said(
    rule: str, units: str = "税务局", path: tuple[str, ...] = (), waived: str | None = None, period: str = "2023Q2",
    about: Reference = NOTHING, subject: str = "", inhibited: str | None = None,
) -> Ruling:  # fmt: skip
    """A ruling of the rule; every one has a sentence of its own."""
    book = RULES[rule]
    names = tuple(units.split("、")) if units else ()
    number = next(NUMBERS)
    finding = Finding(
        rule, book.severity, subject or f"s{number}", names, units, f"第 {number} 句。", book.scope, book.mail,
        period, path, about=about,
    )  # fmt: skip
    return Ruling(finding, waived, inhibited)


def shown(rulings: list[Ruling]) -> list[tuple[str, str, str]]:
    """(rule, units, words beside) of each line."""
    return [(line.main.rule, line.main.unit_names, line.beside) for line in lines_of(rulings)]


def test_findings_on_one_column_are_one_line_with_the_gravest_first() -> None:
    silent, late, late_too, stale = (
        said("column.silent", path=COLUMN), said("posting.late", path=COLUMN), said("posting.late", path=COLUMN),
        said("column.stale", path=COLUMN),
    )  # fmt: skip
    [line] = lines_of([silent, late, late_too, stale])
    assert line.main is stale.finding
    assert line.beside == "时段内未发布信息、超过规定时间公开 2 项"
    assert line.sentence == f"{stale.finding.sentence}（另：{line.beside}）"


def test_other_columns_units_and_letters_stand_in_lines_of_their_own() -> None:
    first, second = Reference(mailbox="区长信箱", identity="1"), Reference(mailbox="区长信箱", identity="2")
    rulings = [
        said("column.silent", path=COLUMN), said("column.silent", path=OTHER),
        said("column.silent", "税务局、财政局", path=COLUMN), said("letter.slow", about=first),
        said("letter.perfunctory", about=first), said("letter.slow", about=second),
        said("page.dead_link", "", subject="https://a.example/"), said("page.dead_link", "", subject="https://b.example/"),
    ]  # fmt: skip
    assert shown(rulings) == [
        ("letter.slow", "税务局", "答复过于简短或套话"),
        ("letter.slow", "税务局", ""),
        ("column.silent", "税务局", ""),
        ("column.silent", "税务局", ""),
        ("column.silent", "税务局、财政局", ""),
        ("page.dead_link", "", ""),
        ("page.dead_link", "", ""),
    ]


def test_a_unit_that_posted_nowhere_is_one_line() -> None:
    silent = [said("column.silent", path=("税收管理领域", f"第 {n} 栏")) for n in range(7)]
    rulings = [
        *silent,
        said("unit.few_postings"),
        said("unit.silent_everywhere"),
        said("column.stale", path=COLUMN),
    ]
    assert shown(rulings) == [
        ("column.stale", "税务局", ""),
        ("unit.silent_everywhere", "税务局", "时段内未发布信息 7 项、发布信息较少（建议点名）"),
    ]


def test_what_another_unit_or_another_quarter_says_is_not_in_the_line() -> None:
    rulings = [
        said("unit.silent_everywhere"), said("column.silent", "财政局", path=COLUMN),
        said("column.silent", path=OTHER, period="2023Q1"),
    ]  # fmt: skip
    assert [beside for _, _, beside in shown(rulings)] == ["", "", ""]


def test_vetoes_come_first_each_in_a_line() -> None:
    rulings = [
        said("column.stale", path=COLUMN), said("site.stale_columns", "", subject="site"),
        said("site.empty_columns", "", subject="site"), said("letter.unanswered"),
    ]  # fmt: skip
    assert [rule for rule, _, _ in shown(rulings)] == [
        "letter.unanswered", "site.stale_columns", "site.empty_columns", "column.stale",
    ]  # fmt: skip


def test_what_is_waived_is_no_reason_of_what_is_not() -> None:
    rulings = [
        said("column.stale", path=COLUMN, waived="改版"), said("column.silent", path=COLUMN),
        said("column.empty", path=OTHER, inhibited="当夜无法访问，不计问题"),
    ]  # fmt: skip
    assert [(line.main.rule, line.waived, line.beside) for line in lines_of(rulings)] == [
        ("column.stale", "改版", ""),
        ("column.silent", "", ""),
    ]


def test_no_finding_is_lost() -> None:
    def every() -> Iterator[Ruling]:
        for rule in RULES:
            yield said(rule)
            yield said(rule, path=COLUMN)

    rulings = list(every())
    joined = [ruling for line in lines_of(rulings) for ruling in line.rulings]
    assert sorted(map(id, joined)) == sorted(map(id, rulings))
