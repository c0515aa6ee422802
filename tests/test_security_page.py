"""docs/security.md names a test for every defence; this says when one is gone. And: what is installed is pinned by hash."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))
TABLE_HEAD = "| attack | defence | held by |"


def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("file", "function"), NAMED)
def test_a_test_that_the_page_names_exists(file: str, function: str) -> None:
    assert (ROOT / file).is_file(), file
    assert not function or function in functions_of(ROOT / file), f"{file}::{function}"


def test_every_defence_names_its_test() -> None:
    for table in PAGE.split(TABLE_HEAD)[1:]:
        rows = [line for line in table.split("\n\n")[0].splitlines()[2:] if line.startswith("|")]
        for row in rows:
            assert re.search(r"`tests/", row.split("|")[3]), row


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"[A-Za-z0-9_.\-]+(\[[^\]]+\])?==\S+", line), line
        assert "--hash=sha256:" in line, line
