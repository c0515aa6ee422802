"""The manual is the book's own words, and the rules are pure."""

import ast
import re
import sys
from pathlib import Path

import pytest

import rules
from rules.book import BOOK
from rules.manual import anchor, page, render
from rules.vocabulary.terms import Mail

ROOT = Path(rules.__file__).parent
MANUAL = ROOT.parent / "docs" / "rules.md"
SOURCES = sorted(ROOT.rglob("*.py"))
MAY_IMPORT = {"rules", "chinese_calendar", "cn2an", "stdnum", "datasketch", "rapidfuzz"}
MAY_NOT_USE = {
    "time",
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "subprocess",
    "sqlite3",
    "asyncio",
    "random",
    "os",
}
CLOCK = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
}


def test_docs_rules_md_is_the_book() -> None:
    assert MANUAL.read_text(encoding="utf-8") == render(BOOK), "stale: run `make generated`"


def test_every_rule_has_its_page_and_its_place_in_the_contents() -> None:
    text = render(BOOK)
    for rule in BOOK:
        assert f"## {rule.id} {rule.name}\n" in text
        assert f"(#{anchor(rule)})" in text
        assert rule.basis in page(rule)
        assert all(f"{name} = " in page(rule) for name in rule.thresholds)


def test_every_rule_that_mails_says_what_to_do_and_by_when() -> None:
    """One sentence; a day for all that is reminded and reported upward, and for nothing else."""
    for rule in BOOK:
        assert re.fullmatch(r"[^。]{6,60}。", rule.remedy), rule.id
        assert (rule.within is not None) is (rule.mail is Mail.REMIND), rule.id
        assert f"- 怎么办：{rule.remedy}" in page(rule)
        assert "- 期限：" + (rule.deadline or "不设期限") in page(rule)


def test_a_page_reads_as_chinese_does() -> None:
    """Lines of a docstring join without a space between Chinese characters."""
    stale = next(rule for rule in BOOK if rule.id == "column.stale")
    assert "动态要闻类 news 天，通知公告、政策文件类 notices 个月（按日历月），人事信息" in page(stale)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_rules_are_pure(path: Path) -> None:
    """No SQL, no network, no clock, nothing of ours outside rules: read off the source."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for name in _imported(node):
            top = name.partition(".")[0]
            assert top in MAY_IMPORT or top in sys.stdlib_module_names, f"{path.name}: {name}"
            assert name not in MAY_NOT_USE and top not in MAY_NOT_USE - {"urllib.request"}, (
                f"{path.name}: {name}"
            )
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in CLOCK, f"{path.name}: {node.value.id}.{node.attr}"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "relative import"
        return [node.module or ""]
    return []
