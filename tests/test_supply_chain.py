"""What is installed: pinned, under licences that somebody read; and an audit that never takes silence for a clean bill."""

import re
import runpy
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT

LICENCES = runpy.run_path(str(ROOT / "requirements" / "licences.py"), run_name="licences")
AUDIT = runpy.run_path(str(ROOT / "requirements" / "audit.py"), run_name="audit")
NAMES = [path.stem for path in sorted((ROOT / "requirements").glob("*.txt"))]


def test_the_licence_table_is_fresh() -> None:
    assert (ROOT / "docs" / "licences.md").read_text(encoding="utf-8") == "\n".join(
        LICENCES["lines"]()
    ) + "\n"


def test_the_copyleft_ones_are_named() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").partition("## All packages")[0]
    for name in ("docxtpl", "psycopg", "psycopg-binary", "python-stdnum", "certifi"):
        assert re.search(rf"^\| {name} \|", page, re.M), name


@pytest.mark.parametrize(
    "expression", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "Proprietary", ""]
)
def test_a_licence_that_nobody_read_stops_it(monkeypatch: pytest.MonkeyPatch, expression: str) -> None:
    licence_of = LICENCES["licence_of"]
    monkeypatch.setitem(licence_of.__globals__, "_told", lambda _package: expression)
    with pytest.raises(LICENCES["UnknownLicence"], match="scrapy"):
        licence_of("scrapy")


CLEAN = {"name": "a", "version": "1", "vulns": []}
HOLE = {"name": "b", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([CLEAN, CLEAN], 0, "2 packages looked up"),
        ([CLEAN, HOLE], 1, "b 2: CVE-1, fixed in 3"),
        ([SKIPPED, HOLE], 1, "CVE-1"),
        ([SKIPPED, SKIPPED], 2, "NOT AUDITED"),
        ([CLEAN, SKIPPED], 2, "1 of 2"),
        ([], 2, "NOT AUDITED"),
        ("no network", 2, "no network"),
    ],
)
def test_what_was_not_looked_up_is_not_clean(packages: Any, status: int, said: str) -> None:
    found, sentence = AUDIT["verdict"]("run.txt", packages)
    assert found == status
    assert said in sentence


def test_an_audit_without_its_tool_is_told() -> None:
    # The product's environment, in which this runs, does not hold the tool.
    audit = [sys.executable, str(ROOT / "requirements" / "audit.py"), "requirements/run.txt"]
    done = subprocess.run(audit, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "NOT AUDITED" in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_pinned_file_has_its_line_in_the_makefile(name: str) -> None:
    assert f"requirements/{name}.txt" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_product_does_not_depend_on_the_tools_of_the_audit() -> None:
    pinned = set(
        re.findall(r"^([\w.\-]+)==", (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"), re.M)
    )
    assert not pinned & {"pip-audit", "cyclonedx-bom", "cyclonedx-python-lib"}
