"""The house as a test: one-way imports, pure rules, short files, no file named for nobody's job."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from db.migrating import MIGRATIONS
from db.migrations import NEWEST
from db.tables.schema import METADATA
from tests.conftest import ROOT

PACKAGES = ("crawler", "db", "demo", "monitor", "rules")
NOBODYS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "core", "misc", "service_utils"}
IMPURE = {"sqlalchemy", "httpx", "scrapy"}
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_go_one_way() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_room_of_the_monitor_imports_a_paper_but_the_commands_and_the_pages() -> None:
    """For papers that the import contract does not name: a new room needs no line there."""
    rooms = {path.name for path in (ROOT / "monitor").iterdir() if (path / "__init__.py").is_file()}
    papers = rooms - {"cli", "judge", "paper_files"}
    speakers = {"cli", "web"}
    for path in (ROOT / "monitor").rglob("*.py"):
        room = path.relative_to(ROOT / "monitor").parts[0]
        imported = set(
            re.findall(r"^\s*(?:from|import) monitor\.(\w+)", path.read_text(encoding="utf-8"), re.M)
        )
        assert room in speakers or not imported & (papers - {room}), path


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_are_short_and_named_for_their_job(path: Path) -> None:
    assert path.stem not in NOBODYS
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_functions_are_short() -> None:
    lengths = []
    for path in SOURCES:
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths.append(((node.end_lineno or 0) - node.lineno + 1, f"{name(path)}:{node.name}"))
    lengths.sort()
    assert lengths[len(lengths) // 2][0] <= 12
    assert lengths[int(len(lengths) * 0.9)][0] <= 27
    assert lengths[-1][0] <= 60, lengths[-3:]


def pure_sources() -> list[Path]:
    """The files of the modules that the import contracts keep from SQL and the network alike."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = [c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "forbidden"]
    modules = {m for c in contracts if set(c["forbidden_modules"]) >= IMPURE for m in c["source_modules"]}
    dotted = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in SOURCES}
    return [path for path in SOURCES if any(f"{dotted[path]}.".startswith(f"{m}.") for m in modules)]


@pytest.mark.parametrize("path", pure_sources(), ids=name)
def test_what_judges_and_composes_knows_neither_clock_nor_network_nor_sql(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(from|import) (sqlalchemy|httpx|scrapy|requests|socket|time)\b", source, re.M)
    assert not re.search(r"\b(datetime\.now|date\.today|time\.time|shanghai_now)\(", source)


def test_the_migrations_make_the_tables(any_engine: Engine) -> None:
    with any_engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_newest_migration_is_the_one_that_is_asked_for() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == NEWEST


def test_no_machine_path_or_registry_stands_in_the_project() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    if not any(listed):
        pytest.skip("不是 git 工作区：跳过")
    wrong = re.compile(r"files\.python[h]osted|py[p]i\.org|registry\.npm[j]s|/wor[k]/(main|shared)|/roo[t]/")
    for file in filter(None, listed):
        path = ROOT / file
        if path.suffix in (".py", ".toml", ".md", ".txt", ".cfg", ".j2", ".json", ""):
            assert not (path.is_file() and wrong.search(path.read_text(encoding="utf-8", errors="ignore"))), (
                file
            )
