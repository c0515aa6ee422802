"""What the alert tests share: the invented county, nights that say findings, and `gongkai alert` as a process."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from crawler.sitefile import load_site
from db.findings import Ruling, keep_findings
from db.judged import FindingRow
from db.register import register
from rules.engine import Finding
from rules.places import Site, Unit
from rules.terms import Severity, UnitKind
from tests.commandline import Said, environment

HERE = Path(__file__).parent / "alerts"
SITE_FILE = HERE / "site.toml"
RUN = (
    "import sys, typer\n"
    "from monitor.commands.alert import alert\n"
    "from monitor.complaints import speak_fault\n"
    "app = typer.Typer(pretty_exceptions_enable=False)\n"
    "app.command()(alert)\n"
    "try:\n    status = app(standalone_mode=False)\n"
    "except Exception as error:\n    status = speak_fault(error)\n"
    "sys.exit(status if isinstance(status, int) else 0)\n"
)


def county() -> Site:
    return load_site(SITE_FILE)


def fortnight() -> dict[str, Any]:
    return tomllib.loads((HERE / "fortnight.toml").read_text(encoding="utf-8"))


def finding(
    name: str, unit: str, rule: str = "posting.dead_link", severity: str = "扣分", **facts: Any
) -> Finding:
    """A finding whose subject is its name."""
    usual: dict[str, Any] = {
        "unit_names": unit, "sentence": f"第 {name} 个问题。", "path": ("救灾领域", "备灾管理"),
        "url": f"http://www.county.example/{name}/",
    }  # fmt: skip
    return Finding(rule, Severity(severity), name, tuple(unit.split("+")), **(usual | facts))


def night(
    engine: Engine, site: Site, day: date, said: Iterable[Finding], waived: Iterable[str] = (), **hushed: str
) -> None:
    """One good night on which these findings were said, some of them waived or hushed."""
    set_aside = set(waived)
    rulings = [
        Ruling(each, "已报备" if each.subject in set_aside else None, hushed.get(each.subject))
        for each in said
    ]
    with engine.begin() as connection:
        register(connection, site)
        keep_findings(connection, site.key, rulings, day, [""], lambda _rule, _subject: True)


def numbers(engine: Engine) -> dict[int, str]:
    """Finding's id → its name."""
    with engine.connect() as connection:
        return {row.id: row.subject for row in connection.execute(select(FindingRow.id, FindingRow.subject))}


def with_unit(site: Site, unit: Unit) -> Site:
    return replace(site, units=(*site.units, unit))


def department(key: str, name: str, *emails: str) -> Unit:
    return Unit(key, name, UnitKind.DEPARTMENT, (), emails)


def alert(folder: Path, settings: Mapping[str, str], *arguments: object, timeout: float = 60) -> Said:
    """Runs the command as a process of its own, with the database in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, arguments)],
        cwd=folder,
        env={**{k: v for k, v in environment(folder).items() if "GONGKAI_SMTP" not in k}, **settings},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def clean_environment() -> None:
    for name in [name for name in os.environ if name.startswith(("GONGKAI_SMTP_", "GONGKAI_HOOK_"))]:
        del os.environ[name]
