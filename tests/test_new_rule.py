"""A new rule is its own module, its cases and its line in the book: nothing else is touched, and everything works."""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT

MODULE = '''from collections.abc import Iterator

from rules.book.column_silent import silent
from rules.cases import ColumnCase
from rules.engine.finding import Finding
from rules.engine.hysteresis import Hysteresis
from rules.engine.rule import Rule, rule
from rules.vocabulary.terms import Evidence, Mail, Scope, Severity


def explains(sparse: Finding, rule_: Rule, finding: Finding) -> bool:
    """同一栏目的“时段内未发布信息”，不另行报告。"""
    return rule_ is silent and finding.subject == sparse.subject


@rule(
    "column.sparse",
    name="栏目信息过少",
    severity=Severity.SCORE,
    basis="本地规定",
    remedy="补充发布信息。",
    takes=ColumnCase,
    scope=Scope.COLUMN,
    evidence=[Evidence.LISTS],
    hysteresis=Hysteresis(open_after=3, close_after=1),
    mail=Mail.NEVER,
    explains=explains,
    periodic=False,
)
def sparse(case: ColumnCase, *, postings: int = 2) -> Iterator[str]:
    """栏目中的信息不足 postings 条。没有读到的栏目不作此判断。"""
    if case.well_read and case.postings < postings:
        yield f"“{case.title}”只有 {case.postings} 条信息，不足 {postings} 条。"
'''
CASES = """
[[fires]]
case = "只有一条"
postings = 1
says = "只有 1 条信息，不足 2 条"

[[silent]]
case = "没有读到：被拦截"
outcome = "blocked"
postings = 0
"""
# Nights on one column: three with one old posting, one blocked between them, then one with two.
DRIVER = """
import json, tomllib
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import create_engine, select

import rules.book
from crawler.sites.load import parse_site
from db.mail.notifications import known_findings
from db.recording.closing import Close
from db.tables.judgement import FindingRow
from db.tables.schema import METADATA
from monitor.night.night import remember_period
from rules.book import BOOK
from rules.engine.judge import judge
from rules.manual import page
from rules.vocabulary.terms import Outcome
from tests.book_cases import build
from tests.conftest import context
from tests.test_counting import Q2, TEXT, night, posting, read

new = next(rule for rule in BOOK if rule.id == "column.sparse")
rows = tomllib.loads((Path(rules.book.__file__).parent / "cases" / "column.sparse.toml").read_text("utf-8"))
facts = [{k: v for k, v in row.items() if k not in ("case", "says")} for kind in rows for row in rows[kind]]
cases = [[f.sentence for f in judge([build(new.takes, each)], [new], {})] for each in facts]

engine = create_engine("sqlite://")
METADATA.create_all(engine)
site = parse_site(TEXT, Path("mou.toml"))
blocked = Close(Outcome.BLOCKED, Outcome.BLOCKED)
old = posting("x", date(2023, 1, 5))
seen = [(read(), [old]), (blocked, []), (read(), [old]), (read(), [old]), (read(), [old, posting("y", date(2023, 1, 6))])]
nights = []
for number, (close, postings) in enumerate(seen):
    day = date(2023, 7, 3) + timedelta(days=number)
    night(engine, site, day, "/jz/", close, *postings)
    with engine.begin() as connection:
        remember_period(connection, context(site, day), Q2)
        stages = {row.rule: [row.stage, row.inhibited] for row in connection.execute(select(FindingRow.__table__))}
        mailed = [known.finding.rule for known in known_findings(connection, site.key, day, {})]
    nights.append({"stages": stages, "mailed": mailed})
print(json.dumps({"cases": cases, "page": page(new), "nights": nights}))
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the project with the new rule says of it."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "rules", tree / "rules", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("crawler", "db", "monitor", "tests", "sites"):
        (tree / name).symlink_to(ROOT / name)
    book = tree / "rules" / "book"
    (book / "column_sparse.py").write_text(MODULE, encoding="utf-8")
    (book / "cases" / "column.sparse.toml").write_text(CASES, encoding="utf-8")
    contents = (book / "__init__.py").read_text(encoding="utf-8")
    contents = contents.replace("    column_stale,\n", "    column_sparse,\n    column_stale,\n")
    contents = contents.replace(
        "    column_stale.stale,\n", "    column_sparse.sparse,\n    column_stale.stale,\n"
    )
    (book / "__init__.py").write_text(contents, encoding="utf-8")
    run = [sys.executable, "-c", DRIVER]
    said = subprocess.run(
        run, cwd=tree, env={"PYTHONPATH": str(tree)}, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def test_its_cases_are_judged(done: dict[str, Any]) -> None:
    assert done["cases"] == [["“救灾领域›备灾管理”只有 1 条信息，不足 2 条。"], []]


def test_its_manual_page_prints_what_its_module_says(done: dict[str, Any]) -> None:
    for line in (
        "- 判断对象：栏目",
        "- 所需材料：栏目列表",
        "- 认定与解决：连续 3 个有效夜晚发现即认定，连续 1 个有效夜晚不再发现即解决",
        "- 怎么办：补充发布信息。",
        "- 邮件：不发邮件",
        "- 有此问题时：同一栏目的“时段内未发布信息”，不另行报告。",
    ):
        assert line in done["page"]


def test_it_opens_and_closes_after_its_own_nights(done: dict[str, Any]) -> None:
    """The night on which its column was not read counts for nothing: its scope is the column."""
    stages = [night["stages"]["column.sparse"][0] for night in done["nights"]]
    assert stages == ["待确认", "待确认", "待确认", "未解决", "已解决"]


def test_what_it_explains_is_not_reported_beside_it(done: dict[str, Any]) -> None:
    reasons = [night["stages"]["column.silent"][1] for night in done["nights"]]
    assert reasons[0] == "已由另一问题说明：“救灾领域”只有 1 条信息，不足 2 条。"
    assert reasons[-1] is None


def test_its_units_get_the_mail_it_says(done: dict[str, Any]) -> None:
    mailed = [rule for night in done["nights"] for rule in night["mailed"]]
    assert "column.silent" in mailed
    assert "column.sparse" not in mailed
