"""CONTRIBUTING.md tried: its rule, its command and its paper are added to a copy of the project, as they stand there."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commandline import Said, environment
from tests.conftest import ROOT

COPIED = ("crawler", "db", "demo", "monitor", "rules", "sites", "docs", "pyproject.toml")
STEP = re.compile(r"^`([\w/.]+)`(?: after `([^`]+)`)?\n\n```\w+\n(.*?)^```$", re.M | re.S)
# What may be touched beside files of one's own: the one explicit table of each kind.
TABLES = {
    "A rule": "rules/book/__init__.py",
    "A command": "monitor/cli/app.py",
    "A paper": "monitor/cli/app.py",
}
SITE = ROOT / "demo" / "site.toml"


@dataclass(frozen=True)
class Step:
    """Text that makes a file, or that stands in one below a line."""

    path: str
    after: str
    text: str

    def apply(self, tree: Path) -> None:
        file = tree / self.path
        if not self.after:
            assert not file.exists(), f"{self.path} is there already"
            file.parent.mkdir(exist_ok=True)
            file.write_text(self.text, encoding="utf-8")
            return
        text = file.read_text(encoding="utf-8")
        assert text.count(f"{self.after}\n") == 1, self
        file.write_text(text.replace(f"{self.after}\n", f"{self.after}\n{self.text}"), encoding="utf-8")


def steps(heading: str) -> list[Step]:
    """The steps of one section of CONTRIBUTING.md."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition(f"### {heading}\n")[2].partition("\n### ")[0]
    return [Step(*found) for found in STEP.findall(section)]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with all three added."""
    tree = tmp_path_factory.mktemp("tree")
    bytecode = shutil.ignore_patterns("__pycache__", "out")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=bytecode)
        else:
            shutil.copy(ROOT / name, tree)
    shutil.copytree(ROOT / "tests", tree / "tests", ignore=_all_but_modules)
    for heading in TABLES:
        for step in steps(heading):
            step.apply(tree)
    return tree


def _all_but_modules(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not name.endswith(".py")}


def run(tree: Path, *command: str, folder: Path | None = None) -> Said:
    variables = environment(folder or tree) | {"PYTHONPATH": str(tree)}
    done = subprocess.run(
        [sys.executable, *command], cwd=tree, env=variables, capture_output=True, text=True, check=False
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("heading", TABLES)
def test_only_own_modules_and_one_table_are_touched(heading: str) -> None:
    taken = steps(heading)
    assert {step.path for step in taken if step.after} == {TABLES[heading]}
    assert {step.path for step in taken if (ROOT / step.path).exists()} == {TABLES[heading]}


def test_the_rule_has_its_page_and_passes_its_cases(tree: Path) -> None:
    page = run(tree, "-m", "monitor", "rules", "column.undated")
    assert page.status == 0
    assert "信息没有发布日期" in page.out
    assert "most = 0" in page.out
    cases = run(tree, "-m", "pytest", "-n0", "-pno:cacheprovider", "tests/test_book.py", "-kcolumn.undated")
    assert cases.status == 0, cases.out
    assert "8 passed" in cases.out


def test_the_manual_is_renewed_by_the_same_command(tree: Path) -> None:
    stale = (tree / "docs" / "rules.md").read_text(encoding="utf-8")
    renewed = run(tree, "-m", "rules.manual").out
    assert "column.undated" in renewed
    assert "column.undated" not in stale


def test_the_command_works_and_is_listed(tree: Path) -> None:
    assert "列出站点文件中的单位。" in run(tree, "-m", "monitor", "--help").out
    units = run(tree, "-m", "monitor", "units", str(SITE), "--json").json
    assert {"id": "hongqilu", "name": "红旗路街道办事处", "kind": "街道"} in units


def test_the_paper_is_written(tree: Path, tmp_path: Path, demo_night: Path) -> None:
    shutil.copytree(demo_night, tmp_path, dirs_exist_ok=True)
    command = ["blanks", str(SITE), "2023Q2", "--as-of", "2023-07-03", "--out", str(tmp_path / "out")]
    said = run(tree, "-m", "monitor", *command, folder=tmp_path)
    assert said.status == 0, said.err
    blanks = (tmp_path / "out" / "blanks.csv").read_text(encoding="utf-8-sig")
    assert "红旗路街道办事处,就业创业领域" in blanks


def test_what_was_added_keeps_the_import_contracts(tree: Path) -> None:
    done = run(tree, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())")
    assert done.status == 0, done.out
