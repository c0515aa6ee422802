"""Nothing private leaves the pages: a county that shows every spelling everywhere is crawled and talked about by every command,
and neither the database nor any word, file or mail holds one of them. Evidence alone keeps what was received."""

import json
import sqlite3
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import JSON, Engine, LargeBinary, String

from db.connect import sqlite_path
from db.tables.masked_types import MaskedAddress, MaskedJson, MaskedText
from db.tables.schema import METADATA
from rules.scanners.masking import DEFAULT, Masking
from rules.scanners.masking_in_force import mask_as
from tests.alert_world import DAY, county, finding, night
from tests.commandline import ROOT, environment, gongkai, start
from tests.mail_server import post_office
from tests.private_county import HIDDEN, HOST, KEPT, SITE, PrivateCounty, private_county

# Text columns that are kept as they come, and why.
KEYS = {
    "ours: keys of the site file, or made from it": {
        "sites.key", "sites.own_lines", "units.key", "columns.key", "duties.key", "mailboxes.key", "mails.recipient",
        "notifications.unit", "releases.unit", "users.site", "users.unit",
    },
    "a word of our own": {
        "units.kind", "columns.kind", "periods.key", "periods.kind", "period_counts.period", "period_counts.exactness",
        "period_counts.status", "findings.rule", "findings.severity", "findings.scope", "findings.mail", "findings.period",
        "findings.stage", "published_bulletins.period", "visits.outcome", "readings.outcome", "readings.standing",
        "readings.witness", "articles.outcome", "home_pages.outcome", "mails.state", "deliveries.state", "notifications.mark",
        "users.role", "changes.action",
    },
    "a hash, or a name made of one": {
        "snapshots.path", "snapshots.sha256", "snapshots.file_sha256", "readings.fingerprint", "readings.body_sha256",
        "mails.message_id", "users.password", "sessions.digest", "sessions.token",
    },
    "the site file's, and mails are sent to it": {"deliveries.address"},
    "whoever signs in is called so": {"users.name", "changes.who"},
}  # fmt: skip


def test_every_column_of_text_is_masked_or_says_why_not() -> None:
    plain, other = set(), set()
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if type(column.type) is String:
                plain.add(f"{table.name}.{column.name}")
            elif isinstance(column.type, String | JSON):
                other.add(f"{table.name}.{column.name}")
    assert other == set()
    assert plain == set().union(*KEYS.values())
    blobs = [c for t in METADATA.sorted_tables for c in t.columns if isinstance(c.type, LargeBinary)]
    assert [column.name for column in blobs] == ["signature"]
    assert {MaskedText.cache_ok, MaskedAddress.cache_ok, MaskedJson.cache_ok} == {True}


@dataclass
class Told:
    """What a county's nights left: `said` is every command's words by the command, `files` every file but evidence."""

    county: PrivateCounty
    folder: Path
    said: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("private")
    with private_county() as (county, home), post_office(folder) as office:
        told = Told(county, folder)
        (folder / "sites").mkdir()
        (folder / "sites" / "mou.toml").write_text(SITE.format(home=home), encoding="utf-8")
        rows = [f'县财政局,微信,"{text.replace(chr(10), " ")}",2023-05-01,1' for text, _ in HIDDEN]
        (folder / "accounts.csv").write_text("\n".join(["单位,平台,账号,日期,条数", *rows]), encoding="utf-8")
        (folder / "annual.html").write_text(county.answer("/") or "", encoding="utf-8")
        (folder / "list.html").write_text(county.answer("/tzgg/") or "", encoding="utf-8")
        (folder / "letters.html").write_text(county.answer("/xx/") or "", encoding="utf-8")
        (folder / "letter.html").write_text(county.answer("/l/1.html") or "", encoding="utf-8")

        def run(*words: str) -> str:
            done = start(folder, environment(folder) | office.settings(), *words).end()
            told.said[" ".join(words)] = done.out + done.err
            return done.out

        # The database stays open: what it keeps beside its file is looked at too.
        run("crawl", "sites/mou.toml", "--as-of", "2023-07-03")
        holding = sqlite3.connect(folder / "gongkai.db")
        holding.execute("SELECT count(*) FROM postings").fetchall()
        run("accounts", "sites/mou.toml", "accounts.csv")
        for day in ("2023-07-04", "2023-07-05"):
            run("nightly", "--sites", "sites", "--as-of", day)
        for json_too in ((), ("--json",)):
            run("check", "sites/mou.toml", "2023Q2", "--as-of", "2023-07-05", *json_too)
            run("count", "sites/mou.toml", "2023Q2", "--as-of", "2023-07-05", *json_too)
            run("prove", "sites/mou.toml", "2023Q2", "--as-of", "2023-07-05", *json_too)
            run("postings", "sites/mou.toml", "czj", "2023Q2", "--as-of", "2023-07-05", *json_too)
            run("status", "sites/mou.toml", "--as-of", "2023-07-05", *json_too)
            for kind in ("list", "letters", "letter", "article"):
                file = "annual.html" if kind == "article" else f"{kind}.html"
                run("read", kind, file, *json_too)
            run("read", "article", f"{home}a/1.html", *json_too)
            run("read", "list", f"{home}wz/", *json_too)
            run("annual", "check", "annual.html", *json_too)
            run(
                "alert",
                "sites/mou.toml",
                "--as-of",
                "2023-07-05",
                "--time",
                "09:00",
                *(json_too or ("--text",)),
            )
        run("alert", "sites/mou.toml", "--as-of", "2023-07-05", "--time", "09:00", "--send")
        run("check", "sites/mou.toml", "2023Q2", "--as-of", "2023-07-05", "--each")
        run(
            "postings",
            "sites/mou.toml",
            "czj",
            "网址",
            "2023Q2",
            "--as-of",
            "2023-07-05",
            "--xlsx",
            "list.xlsx",
        )
        run("scores", "sites/mou.toml", "2023-06", "--as-of", "2023-07-05", "--out", "papers")
        # What is refused is quoted.
        for text, _ in HIDDEN[:40:8]:
            run("postings", "sites/mou.toml", text, "2023Q2", "--as-of", "2023-07-05")
            run("check", "sites/mou.toml", text)
            run("read", "list", f"{text}清单")
            run("rules", text)
            run("waive", "sites/mou.toml", "--rule", text, "--until", "2024-01-01", "--why", "测试")
        run("bulletin", "sites/mou.toml", "2023Q2", "--as-of", "2023-07-05", "--draft", "--out", "papers")
        run("audit", "sites/mou.toml", "czj", "--as-of", "2023-07-05", "--out", "audit")
        run("annual", "draft", "sites/mou.toml", "2023", "--out", "papers")
        run("init", home, "--out", "draft.toml", "--delay", "0", "--pages", "20")
        found = (
            sqlite3.connect(folder / "gongkai.db").execute("SELECT id FROM findings ORDER BY id").fetchall()
        )
        for (number,) in [*found[:3], *found[-3:]]:
            run("show", str(number))
            run("show", str(number), "--json")
        for n, mail in enumerate(office.taken):
            told.said[f"mail {n}"] = f"{mail.message['Subject']}\n{mail.text}\n{mail.html}"
        told.files = dict(_files(folder))
        holding.close()
        yield told


GIVEN = ("accounts.csv", "annual.html", "list.html", "letters.html", "letter.html")


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file but evidence and what the test gave, packed ones part by part, as far as they are text."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_dir() or name.startswith("evidence/") or name in GIVEN:
            continue
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from (
                    (f"{name}!{part}", packed.read(part).decode("utf-8", "ignore"))
                    for part in packed.namelist()
                )
        else:
            yield name, path.read_bytes().decode("utf-8", "ignore")


# Numerals in which one may read a number out, and the escapes of JSON.
NUMERALS = str.maketrans("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺拐", "001234567891234567891" + "7")


def bare(text: str) -> str:
    """Letters, digits and masks alone, in one script: however a number is spelled, it is found in it."""
    plain = unicodedata.normalize("NFKC", text).translate(NUMERALS)
    digits = (str(unicodedata.digit(c)) if unicodedata.digit(c, None) is not None else c for c in plain)
    return "".join(c for c in "".join(digits) if c.isalnum() or c == "*").upper()


def test_the_commands_had_something_to_say(told: Told) -> None:
    everything = "".join(told.said.values())
    assert "138****5678" in everything
    assert "1101**********002X" in everything
    for part in (
        "crawl",
        "check",
        "show",
        "bulletin",
        "audit",
        "annual draft",
        "init",
        "read letter",
        "mail 0",
    ):
        assert any(name.startswith(part) and len(text) > 80 for name, text in told.said.items()), part
    assert any("138****5678" in text for name, text in told.said.items() if name.startswith("mail"))
    for name in (
        "gongkai.db",
        "papers/2023Q2/通报_2023Q2_某县_草稿.docx!word/document.xml",
        "papers/2023Q2/通报_2023Q2_某县_草稿.xlsx!xl/workbook.xml",
        "draft.toml",
    ):
        assert name in told.files
    assert "138****5678" in told.files["gongkai.db"] + told.files.get("gongkai.db-wal", "")


@pytest.mark.parametrize(("text", "number"), HIDDEN, ids=[text for text, _ in HIDDEN])
def test_no_spelling_reaches_anything_but_evidence(told: Told, text: str, number: str) -> None:
    escaped = json.dumps(text)[1:-1]
    for where, words in (told.said | told.files).items():
        assert text not in words, where
        assert escaped not in words, where
        assert number not in words, where


def test_no_number_can_be_put_together_again(told: Told) -> None:
    numbers = {number for _, number in HIDDEN}
    for where, words in (told.said | told.files).items():
        shown = bare(words)
        for number in numbers:
            at = shown.find(number)
            assert at < 0, (where, shown[max(at - 40, 0) : at + 40])


def test_a_crawl_that_logs_everything_logs_no_number(told: Told) -> None:
    crawl = (
        "import sys; from crawler import settings; settings.LOG_LEVEL = 'DEBUG'; from monitor.cli import app;"
        "sys.argv[1:] = ['crawl', 'sites/mou.toml', '--as-of', '2023-07-05']; app.main()"
    )
    variables = environment(told.folder) | {
        "GONGKAI_DATABASE_URL": "sqlite:///log.db",
        "PYTHONPATH": str(ROOT),
    }
    log = subprocess.run(
        [sys.executable, "-c", crawl],
        cwd=told.folder,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    assert "Crawled (200)" in log
    assert "反映138****5678" in log
    assert not [text for text, number in HIDDEN if text in log or number in log]


def test_show_masks_what_is_no_line_of_an_office(engine: Engine) -> None:
    site = replace(county(), mobiles=("13900001111", "13900002222"))
    mask_as(Masking(frozenset(site.mobiles)))
    night(
        engine,
        site,
        DAY,
        [finding("电话", "czj", sentence="请拨13900001111、139-0000-2222，不是13900003333。")],
    )
    mask_as(DEFAULT)
    path = sqlite_path(engine)
    assert path is not None
    for words in (("show", "1"), ("show", "1", "--json")):
        assert "请拨13900001111、139-0000-2222，不是139****3333。" in gongkai(path.parent, *words).out


def test_look_alikes_stay(told: Told) -> None:
    with sqlite3.connect(told.folder / "gongkai.db") as connection:
        titles = {"".join(title.split()) for (title,) in connection.execute("SELECT title FROM postings")}
        urls = {
            url.rpartition(":")[2].partition("/")[2]
            for (url,) in connection.execute("SELECT url FROM postings")
        }
    for text in (each for each in KEPT if "\n" not in each):  # a column of figures is no title
        assert "".join(f"关于{text}的公示".split()) in titles, text
        if text.startswith(HOST):
            assert text.removeprefix(f"{HOST}/") in urls, text


def test_nothing_is_asked_for_at_a_masked_address_and_no_posting_is_new_twice(told: Told) -> None:
    assert not [path for path in told.county.asked if "****" in path]
    with sqlite3.connect(told.folder / "gongkai.db") as connection:
        seen = "SELECT first_seen, last_seen, withdrawn_on, count(*) FROM {} GROUP BY 1, 2, 3"
        rows = connection.execute(seen.format("postings")).fetchall()
        letters = connection.execute("SELECT first_seen, count(*) FROM letters GROUP BY 1").fetchall()
    both = len(HIDDEN) + len(KEPT)
    assert [row[:3] for row in rows] == [("2023-07-03", "2023-07-05", None)]
    assert letters == [("2023-07-03", both)]
    assert gongkai(told.folder, "check", "nobody").status == 2
