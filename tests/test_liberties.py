"""Asking faster than is polite, or past robots.txt: never without a reason, and never in silence."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from crawler.sites.load import parse_site
from crawler.sites.politeness import refuse_without_reason, remark_on
from rules.errors import WrongSiteFile
from tests.commandline import gongkai, in_process

SITE = """
name = "某县人民政府"
home = "{home}"
crawl = {{{crawl}}}
units = [{{id = "czj", name = "县财政局", kind = "部门"}}]
columns = [{{units = ["czj"], path = ["", "通知公告"], url = "/tzgg/"}}]
"""
LIVE, HERE = "http://www.mou.invalid/", "http://127.0.0.1:9/"
WHY = 'why = "网站管理方同意"'
# [crawl], home, --at → the key that is named ("": nothing is said), whether it is refused.
CASES = [
    ("delay = 1.0", LIVE, None, "", False),
    ("delay = 0.5", LIVE, None, "", False),
    ("delay = 0.49", LIVE, None, "delay = 0.49", True),
    ("delay = 0", LIVE, None, "delay = 0", True),
    ("delay = 1e-9", LIVE, None, "delay", True),
    ("obey_robots = false", LIVE, None, "obey_robots = false", True),
    ("obey_robots = false, delay = 0.1", LIVE, None, "delay = 0.1", True),
    (f"obey_robots = false, {WHY}", LIVE, None, "网站管理方同意", False),
    (f"delay = 0.1, {WHY}", LIVE, None, "网站管理方同意", False),
    (f"delay = 1.0, {WHY}", LIVE, None, "", False),
    ("delay = 0", HERE, None, "", False),
    ("delay = 0", "http://localhost/", None, "", False),
    ("delay = 0", "http://[::1]:8000/", None, "", False),
    ("delay = 0", "http://127.8.9.1/", None, "", False),
    ("delay = 0, obey_robots = false", LIVE, HERE, "", False),
    ("delay = 0", LIVE, "http://mirror.invalid/", "delay = 0", True),
    ("delay = 0", HERE, "http://mirror.invalid/", "delay = 0", True),
    ("delay = 0", "http://127.0.0.1.mou.invalid/", None, "delay = 0", True),
    ("delay = 0", "http://localhost.mou.invalid/", None, "delay = 0", True),
    ("delay = 0", "http://10.0.0.1/", None, "delay = 0", True),
    ('delay = 0, hosts = ["zwgk.mou.invalid"]', HERE, None, "delay = 0", True),
    ('delay = 0, hosts = ["localhost:8000", "[::1]"]', HERE, None, "", False),
]


@pytest.mark.parametrize(("crawl", "home", "at", "named", "refused"), CASES)
def test_who_owes_a_reason(crawl: str, home: str, at: str | None, named: str, refused: bool) -> None:
    site = parse_site(SITE.format(home=home, crawl=crawl), Path("mou.toml"))
    assert named in remark_on(site, at)
    assert bool(remark_on(site, at)) == bool(named)
    if refused:
        with pytest.raises(WrongSiteFile, match="why"):
            refuse_without_reason(site, at)
    else:
        refuse_without_reason(site, at)


@pytest.mark.parametrize("what", ["columns", "mailboxes"])
def test_a_list_on_another_machine_is_no_less_another_s(what: str) -> None:
    more = {"columns": 'url = "/tzgg/"', "mailboxes": ""}[what]
    text = SITE.format(home=HERE, crawl="delay = 0").replace(more, f'url = "{LIVE}"', bool(more))
    text += "" if more else f'mailboxes = [{{name = "信箱", url = "{LIVE}"}}]\n'
    with pytest.raises(WrongSiteFile, match="why"):
        refuse_without_reason(parse_site(text, Path("mou.toml")))


@pytest.mark.parametrize(
    ("proxy", "refused"),
    [
        ("http://127.0.0.1:3128", False),
        ("localhost:3128", False),
        ("http://proxy.intranet:3128", True),
        ("", True),
    ],
)
def test_a_proxy_on_this_machine_answers_for_what_it_passes_on(
    monkeypatch: pytest.MonkeyPatch, proxy: str, refused: bool
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.setenv("no_proxy", "")
    site = parse_site(SITE.format(home=LIVE, crawl="delay = 0"), Path("mou.toml"))
    assert "delay = 0" in remark_on(site)
    with pytest.raises(WrongSiteFile) if refused else nullcontext():
        refuse_without_reason(site)


@pytest.mark.parametrize("why", ["why = ''", 'why = "\\u200b"', "why = 1", "why = true"])
def test_what_is_no_reason(tmp_path: Path, why: str) -> None:
    with pytest.raises(WrongSiteFile, match="why"):
        parse_site(SITE.format(home=LIVE, crawl=f"delay = 0, {why}"), Path("mou.toml"))


@pytest.mark.parametrize("command", ["crawl", "audit", "nightly"])
def test_nothing_is_asked_without_a_reason_and_it_is_printed_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    site = tmp_path / "sites" / "mou.toml"
    site.parent.mkdir()
    words = {"crawl": [site], "audit": [site, "czj"], "nightly": ["--sites", site.parent]}[command]
    site.write_text(SITE.format(home=LIVE, crawl="delay = 0.1"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    refused = in_process(command, *words)
    assert refused.status == (3 if command == "nightly" else 2)
    assert "delay = 0.1" in refused.err
    assert "why" in refused.err
    assert "采集 " not in refused.err
    site.write_text(SITE.format(home=LIVE, crawl=f"delay = 0.1, timeout = 1, {WHY}"), encoding="utf-8")
    assert "理由：网站管理方同意" in gongkai(tmp_path, command, *words).err


def test_a_site_check_tells_it(tmp_path: Path) -> None:
    site = tmp_path / "mou.toml"
    site.write_text(SITE.format(home=LIVE, crawl="obey_robots = false"), encoding="utf-8")
    told = in_process("site", "check", site)
    assert told.status == 0
    assert "没有用 why 写明理由" in told.err


@pytest.mark.parametrize("delay", ["0", "0.49", "nan", "inf", "601"])
def test_a_walk_through_another_machine_keeps_its_distance(tmp_path: Path, delay: str) -> None:
    told = in_process("init", LIVE, "--out", tmp_path / "x.toml", "--delay", delay)
    assert told.status == 2
    assert "秒" in told.err
