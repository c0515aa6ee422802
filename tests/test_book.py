"""The book's cases: rules/book/cases/<rule>.toml, read to the rule they are named for."""

import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import rules.book
from rules.book import BOOK
from rules.engine.judge import judge
from rules.engine.rule import Rule, refuse_unknown_rules, thresholds_of
from rules.errors import WrongInput
from rules.vocabulary.terms import Evidence, Scope, Severity
from tests.book_cases import build

CASES = Path(rules.book.__file__).parent / "cases"
AROUND = ("case", "says", "thresholds")


def _rows(rule: Rule) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((CASES / f"{rule.id}.toml").read_text(encoding="utf-8"))


def _cases() -> list[Any]:
    return [
        pytest.param(rule, kind, facts, id=f"{rule.id}-{kind}-{facts['case']}")
        for rule in BOOK
        for kind, rows in _rows(rule).items()
        for facts in rows
    ]


@pytest.mark.parametrize(("rule", "kind", "facts"), _cases())
def test_case(rule: Rule, kind: str, facts: dict[str, Any]) -> None:
    case = build(rule.takes, {k: v for k, v in facts.items() if k not in AROUND})
    said = [f.sentence for f in judge([case], [rule], {rule.id: facts.get("thresholds", {})})]
    if kind == "silent":
        assert said == []
    else:
        assert len(said) == 1
        assert facts["says"] in said[0]
        assert said[0].endswith("。")


@pytest.mark.parametrize("rule", BOOK, ids=lambda rule: rule.id)
def test_every_rule_has_cases_a_basis_and_a_manual(rule: Rule) -> None:
    rows = _rows(rule)
    assert rows.keys() == {"fires", "silent"}
    assert len(rows["fires"]) >= 3
    assert len(rows["silent"]) >= 3
    assert any("没有读到" in row["case"] for row in rows["silent"])
    assert rule.basis and rule.name
    assert [name for name in rule.thresholds if name not in rule.manual] == []


NEEDED = {
    Scope.COLUMN: Evidence.LISTS, Scope.POSTING: Evidence.LISTS, Scope.ARTICLE: Evidence.ARTICLES,
    Scope.LETTER: Evidence.MAILBOXES, Scope.LETTERS: Evidence.MAILBOXES, Scope.UNIT: Evidence.LISTS,
    Scope.FRAME: Evidence.ARTICLES, Scope.ACCOUNT: Evidence.IMPORTED,
}  # fmt: skip


@pytest.mark.parametrize("rule", BOOK, ids=lambda rule: rule.id)
def test_every_rule_is_closed_by_what_it_is_read_from(rule: Rule) -> None:
    assert rule.scope is Scope.SITE or NEEDED[rule.scope] in rule.evidence
    # What is closed by one column's or one mailbox's reading must refer to it.
    if rule.scope in (Scope.COLUMN, Scope.POSTING, Scope.ARTICLE, Scope.LETTER):
        assert "about" in {field.name for field in fields(rule.takes)}


def test_no_case_file_without_its_rule() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} == {rule.id for rule in BOOK}
    assert len({rule.id for rule in BOOK}) == len(BOOK)


@pytest.mark.parametrize(
    ("thresholds", "said"),
    [
        ({"weeks": 3}, "没有名为“weeks”的阈值"),
        ({"days": "三个月"}, "应为 int"),
        ({"days": True}, "应为 int"),
        ({"days": 1.5}, "应为 int"),
        ({"days": -1}, "应在 0 到 500000 之间"),
    ],
)
def test_wrong_thresholds_are_refused(thresholds: dict[str, Any], said: str) -> None:
    with pytest.raises(WrongInput, match=said):
        judge([], BOOK, {"column.stale": thresholds})
    with pytest.raises(WrongInput, match=said):
        refuse_unknown_rules({"column.stale": thresholds}, BOOK)


def test_a_rule_that_is_not_in_the_book_is_refused() -> None:
    with pytest.raises(WrongInput, match=r"没有编号为“column\.stael”的规则"):
        refuse_unknown_rules({"column.stael": {"days": 90}}, BOOK)
    refuse_unknown_rules({"column.stale": {"days": 90}, "site.unreachable": {"seconds": 10}}, BOOK)


def test_the_countdown_follows_the_limit_it_counts_to() -> None:
    book = {rule.id: rule for rule in BOOK}
    overrides = {"column.stale": {"days": 90, "news": 10}, "column.due_soon": {"before": 5, "news": 12}}
    assert thresholds_of(book["column.due_soon"], overrides) | {"notices": 0} == {
        "before": 5, "news": 12, "notices": 0, "plans": 12, "days": 90,
    }  # fmt: skip
    assert thresholds_of(book["site.overdue_columns"], overrides)["days"] == 90
    # The national numbers of the veto are not the site's to move through another rule.
    assert thresholds_of(book["site.stale_columns"], overrides)["news"] == 14


def test_a_finding_prints_what_it_was_said_upon() -> None:
    book = {rule.id: rule for rule in BOOK}
    stale = book["column.stale"]
    url = "https://www.example.gov.cn/bzgl/"
    case = build(stale.takes, {"newest": date(2022, 7, 3), "cycle": 90, "url": url})
    (finding,) = judge([case], BOOK, {})
    assert finding.rule == "column.stale"
    assert finding.path == ("救灾领域", "备灾管理")
    assert finding.url == url
    assert ("更新周期（天）", "90") in finding.observations
    assert ("最新信息日期", "2022-07-03") in finding.observations
    assert ("读取结果", "已读取") in finding.observations
    assert ("news", "14") in finding.thresholds


def test_vetoes_are_the_only_rules_that_say_so() -> None:
    vetoes = {rule.id for rule in BOOK if rule.severity is Severity.VETO}
    assert vetoes == {
        "site.unreachable", "site.home_stale", "site.stale_columns", "site.overdue_columns", "site.empty_columns",
        "site.no_consultation", "letter.unanswered", "account.stale", "account.no_interaction",
    }  # fmt: skip
