"""The book's cases: rules/book/cases/<rule>.toml, read to the rule they are named for."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import rules.book
from rules.book import BOOK
from rules.cases import ColumnCase, LetterCase, UnitCase
from rules.engine import Rule, judge
from rules.errors import WrongInput
from rules.periods import parse_period
from rules.terms import Exactness, Outcome, UnitKind

CASES = Path(rules.book.__file__).parent / "cases"
COMMON: dict[str, Any] = {
    "subject": "s", "units": ["hongqilu"], "unit_names": "红旗路街道办事处", "as_of": date(2023, 7, 3),
}  # fmt: skip
USUAL: dict[type, dict[str, Any]] = {
    ColumnCase: {"path": ["救灾领域", "备灾管理"], "outcome": None, "postings": 5, "period": "2023Q2"},
    UnitCase: {"kind": "街道", "period": "2023Q2", "exact": True},
    LetterCase: {"mailbox": "区长信箱", "title": "路灯不亮", "reply_within": 5},
}
MAKE = {
    "outcome": lambda value: value and Outcome(value),
    "exactness": Exactness,
    "kind": UnitKind,
    "period": parse_period,
    "units": tuple,
    "path": tuple,
    "peers": tuple,
}


def _cases() -> list[Any]:
    return [
        pytest.param(rule, kind, facts, id=f"{rule.id}-{kind}-{facts['name']}")
        for rule in BOOK
        for kind, rows in tomllib.loads((CASES / f"{rule.id}.toml").read_text(encoding="utf-8")).items()
        for facts in rows
    ]


def _build(rule: Rule, facts: dict[str, Any]) -> Any:
    usual = dict(USUAL[rule.takes])
    if rule.id == "column.stale" or facts.get("exactness"):
        usual["outcome"] = "read"
    given = {k: v for k, v in facts.items() if k not in ("name", "says", "thresholds")}
    values = COMMON | usual | given
    return rule.takes(**{k: MAKE.get(k, lambda v: v)(v) for k, v in values.items()})


@pytest.mark.parametrize(("rule", "kind", "facts"), _cases())
def test_case(rule: Rule, kind: str, facts: dict[str, Any]) -> None:
    overrides = {rule.id: facts.get("thresholds", {})}
    said = [finding.sentence for finding in judge([_build(rule, facts)], [rule], overrides)]
    if kind == "silent":
        assert said == []
    else:
        assert len(said) == 1
        assert facts["says"] in said[0]


@pytest.mark.parametrize("rule", BOOK, ids=lambda rule: rule.id)
def test_every_rule_has_cases_a_basis_and_a_manual(rule: Rule) -> None:
    rows = tomllib.loads((CASES / f"{rule.id}.toml").read_text(encoding="utf-8"))
    assert len(rows["fires"]) >= 3
    assert len(rows["silent"]) >= 3
    assert any("没有读到" in row["name"] for row in rows["silent"])
    assert rule.basis and rule.manual and rule.name


def test_no_case_file_without_its_rule() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} == {rule.id for rule in BOOK}


@pytest.mark.parametrize(
    ("thresholds", "said"),
    [({"weeks": 3}, "没有名为“weeks”的阈值"), ({"days": "三个月"}, "应为 int"), ({"days": True}, "应为 int")],
)
def test_wrong_thresholds_are_refused(thresholds: dict[str, Any], said: str) -> None:
    with pytest.raises(WrongInput, match=said):
        judge([], BOOK, {"column.stale": thresholds})
