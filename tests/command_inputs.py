"""Every place at which something from outside enters a command: files, folders, addresses, variables of the environment.
`tests/test_command_inputs.py` compares this table with the commands themselves, and puts hostile content through each row;
`bench/command_inputs.py` does so with every attack there is."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from db.connect import open_database
from monitor.cli import app
from monitor.cli.usage import Listed
from tests.annual_made import as_html, sound

ROOT = Path(__file__).parent.parent

# What an argument is called that holds neither a file nor an address. Whatever is called otherwise needs a row below.
PLAIN = {
    "日期", "单位", "时段", "[时段]", "月份", "年度", "规则", "[编号]", "问题编号", "邮件编号", "姓名", "理由", "时刻", "范围", "天数",
    "页数", "秒", "[栏目] 时段", "单位=理由", "领域/一级/二级", "用户名", "角色", "端口",
    "finding", "finding|notice", "partial", "unproved", "邮箱",
}  # fmt: skip

PLAIN_VARIABLES = {
    *(f"GONGKAI_SMTP_{name}" for name in ("HOST", "PORT", "USER", "PASSWORD", "SECURITY", "SENDER", "TIMEOUT", "OPERATOR")),
    "GONGKAI_HOOK_SECRET", "GONGKAI_HOOK_TIMEOUT",
}  # fmt: skip


class Kind(StrEnum):
    """What is expected there; the value is the ending under which content is offered."""

    SITE = ".toml"
    SITES = "folder"
    SCHEME = " .toml"
    CALENDAR = "  .toml"
    CSV = ".csv"
    CARRIED = ".json"
    MANIFEST = ".jsonl"
    REPORT = ""  # any kind of document, told by its bytes
    TABLE = ".*"  # by its ending: xlsx, docx, csv, txt, html
    PAGE = ".html"
    TEMPLATE = ".docx"
    DATABASE = ".db"
    BACKUP = " .db"
    ADDRESS = "http"
    MIRROR = "mirror"  # an address that may stand anywhere: who types it knows it
    OUT_FOLDER = "into"
    OUT_FILE = "onto"
    TRUSTED = "trusted"  # the operator's own programs and certificates: who sets them may run anything


FILES = (
    Kind.SITE, Kind.SCHEME, Kind.CALENDAR, Kind.CSV, Kind.CARRIED, Kind.MANIFEST, Kind.REPORT, Kind.TABLE, Kind.PAGE,
    Kind.TEMPLATE, Kind.BACKUP,
)  # fmt: skip


@dataclass(frozen=True)
class Input:
    """`line`: the whole command, {} where the thing stands; for a variable any command that asks for it, with `{}` nowhere."""

    command: str
    parameter: str
    kind: Kind
    line: str

    @property
    def id(self) -> str:
        return f"{self.command} {self.parameter}".replace("/", "|")

    @property
    def good(self) -> tuple[int, ...]:
        """By which status a thing may be refused, or be read: an empty calendar adds nothing, an empty list of pages has
        none; of a page that cannot be read that is told; a night goes on without a site whose file is wrong."""
        if self.kind is Kind.DATABASE or self.command == "nightly":
            return (2, 3)
        if self.command.startswith("read ") or self.kind is Kind.CALENDAR:
            return (0, 2)
        return (2,)

    @property
    def is_variable(self) -> bool:
        return self.parameter.startswith("GONGKAI_")

    def words(self, thing: str) -> list[str]:
        return [word.replace("{}", thing) for word in self.line.split(" ")]


def _row(command: str, parameter: str, kind: Kind, rest: str) -> Input:
    return Input(command, parameter, kind, f"{command} {rest}".strip())


DAY = "--as-of 2023-07-03"
SCORES = f"site.toml 2023-06 --out out {DAY} --scheme"
INPUTS = (
    _row("init", "url", Kind.ADDRESS, "{} --out drafted.toml --pages 1 --delay 0.5"),
    _row("init", "--at", Kind.MIRROR, "http://www.county.example/ --at {} --out drafted.toml --pages 1 --delay 0.5"),
    _row("init", "--out", Kind.OUT_FILE, "http://127.0.0.1:9/ --out {} --pages 1"),
    _row("crawl", "site", Kind.SITE, "{} --as-of 2023-07-03"),
    _row("crawl", "--at", Kind.MIRROR, "site.toml --as-of 2023-07-03 --unit 区教育局 --at {}"),
    _row("count", "site", Kind.SITE, f"{{}} 2023Q2 {DAY}"),
    _row("status", "where", Kind.SITE, f"{{}} {DAY}"),
    _row("status", "where", Kind.SITES, f"{{}} {DAY}"),
    _row("postings", "site", Kind.SITE, f"{{}} 区教育局 2023Q2 {DAY}"),
    _row("postings", "--xlsx", Kind.OUT_FILE, f"site.toml 区教育局 2023Q2 {DAY} --xlsx {{}}"),
    _row("check", "site", Kind.SITE, f"{{}} 2023Q2 {DAY}"),
    _row("check", "GONGKAI_CALENDAR", Kind.CALENDAR, f"site.toml 2023Q2 {DAY}"),
    _row("bulletin", "site", Kind.SITE, f"{{}} 2023Q2 --out out --draft {DAY}"),
    _row("bulletin", "--out", Kind.OUT_FOLDER, f"site.toml 2023Q2 --out {{}} --draft {DAY}"),
    _row("bulletin", "--template", Kind.TEMPLATE, f"site.toml 2023Q2 --out out --draft --template {{}} {DAY}"),
    _row("audit", "site", Kind.SITE, f"{{}} 区教育局 --out out {DAY}"),
    _row("audit", "--at", Kind.MIRROR, f"site.toml 区教育局 --out out --at {{}} {DAY}"),
    _row("audit", "--out", Kind.OUT_FOLDER, f"site.toml 区教育局 --out {{}} --at http://127.0.0.1:9/ {DAY}"),
    _row("alert", "site", Kind.SITE, f"{{}} {DAY}"),
    _row("alert", "GONGKAI_HOOK_URL", Kind.TRUSTED, ""),
    _row("alert", "GONGKAI_SMTP_CA", Kind.TRUSTED, ""),
    _row("waive", "site", Kind.SITE, "{} --rule column.stale --why 报备 --until 2027-01-01"),
    _row("unwaive", "site", Kind.SITE, "{} --rule column.stale"),
    _row("scores", "site", Kind.SITE, f"{{}} 2023-06 --out out {DAY}"),
    _row("scores", "--out", Kind.OUT_FOLDER, f"site.toml 2023-06 --scheme plain.toml --out {{}} {DAY}"),
    _row("scores", "--scheme", Kind.SCHEME, f"{SCORES} {{}}"),
    _row("scores", "--bonus", Kind.CSV, f"{SCORES} plain.toml --bonus {{}}"),
    _row("scores", "--carry", Kind.CSV, f"{SCORES} carrying.toml --carry {{}}"),
    _row("scores", "--carry", Kind.CARRIED, f"{SCORES} carrying.toml --carry {{}}"),
    _row("check-table", "file", Kind.TABLE, "{}"),
    _row("probe", "site", Kind.SITE, "{}"),
    _row("probe", "--at", Kind.MIRROR, "site.toml --at {}"),
    _row("prove", "site", Kind.SITE, f"{{}} 2023Q2 {DAY}"),
    _row("prove", "GONGKAI_EVIDENCE_DIR", Kind.SITES, f"site.toml 2023Q2 {DAY}"),
    _row("prune", "site", Kind.SITE, f"{{}} {DAY}"),
    _row("accounts", "site", Kind.SITE, "{} accounts.csv"),
    _row("accounts", "file", Kind.CSV, "site.toml {}"),
    _row("demo", "--out", Kind.OUT_FOLDER, "--out {}"),
    _row("nightly", "--sites", Kind.SITES, f"--sites {{}} {DAY}"),
    _row("nightly", "--at", Kind.MIRROR, f"--sites sites --at {{}} {DAY}"),
    _row("check", "GONGKAI_DATABASE_URL", Kind.DATABASE, f"site.toml 2023Q2 {DAY}"),
    _row("accounts", "GONGKAI_DATABASE_URL", Kind.DATABASE, "site.toml accounts.csv"),
    _row("serve", "--papers", Kind.TRUSTED, ""),
    _row("serve", "GONGKAI_HEARTBEAT_URL", Kind.TRUSTED, ""),
    _row("serve", "--host", Kind.TRUSTED, ""),  # where it listens: nothing is asked there
    _row("serve", "--sites", Kind.TRUSTED, ""),  # as `nightly`, every night: it does not end
    _row("backup", "--out", Kind.OUT_FOLDER, "--out {}"),
    _row("restore", "file", Kind.BACKUP, "{}"),
    _row("user add", "--site", Kind.SITE, "张三 --role 单位 --unit 区教育局 --site {}"),
    _row("site check", "site", Kind.SITE, "{}"),
    _row("annual check", "where", Kind.REPORT, "{}"),
    _row("annual check", "where", Kind.ADDRESS, "{}"),
    _row("annual check", "--last", Kind.REPORT, "sound.html --last {}"),
    _row("annual check", "--last", Kind.ADDRESS, "sound.html --last {}"),
    _row("annual check", "--part", Kind.REPORT, "sound.html --part {}"),
    _row("annual check", "--part", Kind.ADDRESS, "sound.html --part {}"),
    _row("annual check", "--site", Kind.SITE, "sound.html --site {}"),
    _row("annual draft", "site", Kind.SITE, f"{{}} 2022 --out out {DAY}"),
    _row("annual draft", "--last", Kind.REPORT, f"site.toml 2022 --out out --last {{}} {DAY}"),
    _row("annual draft", "--last", Kind.ADDRESS, f"site.toml 2022 --out out --last {{}} {DAY}"),
    _row("annual draft", "--out", Kind.OUT_FOLDER, f"site.toml 2022 --out {{}} {DAY}"),
    *(
        _row(f"read {kind}", parameter, what, line)
        for kind in ("list", "article", "letters", "letter")
        for parameter, what, line in (
            ("source", Kind.PAGE, "{}"),
            ("source", Kind.ADDRESS, "{}"),
            ("--url", Kind.MIRROR, "sound.html --url {}"),
            ("--manifest", Kind.MANIFEST, "--manifest {}"),
        )
    ),
    _row("site check", "GONGKAI_CHROMIUM", Kind.TRUSTED, ""),
    _row("bulletin", "GONGKAI_SOFFICE", Kind.TRUSTED, ""),
)  # fmt: skip


def parameters() -> Iterator[tuple[str, str, str, bool]]:
    """(command, parameter, its metavar, whether it is a path) of whatever takes a value, as the commands declare it."""
    for name, command in _commands(app.app, ()):
        for each in command.params:
            if not getattr(each, "is_flag", False):
                yield name, each.opts[0], str(each.metavar), "Path" in str(each.type_descriptor.annotation)


def _commands(group: Any, above: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if isinstance(command, Listed):
            yield " ".join((*above, name)), command.loaded()
        else:
            yield from _commands(command, (*above, name))


def variables(root: Path) -> set[str]:
    """The variables of the environment that the program's own code asks for by name."""
    asked = re.compile(r"environ(?:\.get\(|\[)\"(GONGKAI_\w+)\"")
    rooms = (root / room for room in ("monitor", "crawler", "db", "rules"))
    files = (file for room in rooms for file in room.rglob("*.py"))
    return {name for file in files for name in asked.findall(file.read_text(encoding="utf-8"))}


SCHEME = """title = "某县得分表"
carry = {carry}
first = 1
components = [{{name = "发布", postings = [{{points = "1"}}], bonuses = [{{item = "采用", points = "1"}}]}}]
groups = [{{name = "部门", kinds = ["部门"]}}]
"""


def make_world(folder: Path, night: Path | None = None) -> Path:
    """A folder in which every row's line could be run: a site, its database (that of a night of the demo county, else an
    empty one), a report, schemes."""
    folder.mkdir(parents=True)
    if night:
        for file in night.glob("gongkai.db*"):
            shutil.copy(file, folder)
        with sqlite3.connect(
            folder / "gongkai.db"
        ) as database:  # else the first command that asks would do it
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(night / "evidence", folder / "evidence")
    else:
        open_database(f"sqlite:///{folder / 'gongkai.db'}").dispose()
    shutil.copy(ROOT / "demo" / "site.toml", folder)
    (folder / "sites").mkdir()
    shutil.copy(ROOT / "demo" / "site.toml", folder / "sites")
    shutil.copy(ROOT / "demo" / "sample" / "accounts.csv", folder)
    (folder / "sound.html").write_bytes(as_html(sound()))
    for name, carry in (("plain", "false"), ("carrying", "true")):
        (folder / f"{name}.toml").write_text(SCHEME.format(carry=carry), encoding="utf-8")
    return folder
