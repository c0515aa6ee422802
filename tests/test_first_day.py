"""docs/zh/first-day.md done as it stands: a clerk's first day, from an empty folder to a mail that arrives.

Of the site file nothing is touched but e-mails and one cycle; the county is served on this machine."""

import re
import shlex
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.commandline import ROOT, Said, environment, start
from tests.mail_server import PostOffice, post_office
from tests.portals.markup import crumbs, document, listing, menu, postings
from tests.test_init_command import Folder, serving

GUIDE = ROOT / "docs" / "zh" / "first-day.md"
SITE = "梅山县人民政府"
UNITS = {"jyj": "县教育局", "swj": "县商务局", "hjz": "河家镇"}
COLUMNS = {"gzdt": "工作动态", "zcwj": "政策文件"}
# 河家镇's documents are older than six months, 县教育局's news than two weeks; nothing is of the last month, whose
# postings the night would open one a second.
NEWEST = {"/dw/jyj/gzdt/": date(2026, 3, 2), "/dw/hjz/zcwj/": date(2025, 6, 2)}
USUAL = date(2026, 3, 5)
FIRST, SECOND = "2026-04-08", "2026-04-09"  # a Wednesday and a Thursday
# Commands that know no other day than today.
TIMELESS = ("site", "show", "send-test-mail", "unwaive")


def page(title: str, *body: str) -> str:
    return document(f"{title}-{SITE}", menu(("首页", "/"), ("单位公开", "/dw/")), *body)


def county(folder: Path) -> None:
    """The county's pages as files: three units with two columns each."""
    pages = {"/": page("首页", listing(postings("全县", "/yw/", newest=USUAL), "要闻"))}
    pages["/dw/"] = page(
        "单位公开", menu(*((name, f"/dw/{key}/") for key, name in UNITS.items()), css="units")
    )
    for key, name in UNITS.items():
        own = [(column, f"/dw/{key}/{leaf}/") for leaf, column in COLUMNS.items()]
        pages[f"/dw/{key}/"] = page(name, crumbs(("单位公开", "/dw/"), (name, "")), menu(*own))
        for column, url in own:
            way = crumbs(("单位公开", "/dw/"), (name, f"/dw/{key}/"), (column, ""))
            rows = postings(f"{name}{column}", url, 3, NEWEST.get(url, USUAL), 30)
            pages[url] = page(f"{name}{column}", way, listing(rows))
    for url, text in pages.items():
        place = folder / url.strip("/") / "index.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def commands() -> list[list[str]]:
    """The guide's commands, in their order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line.removeprefix("gongkai ")) for line in lines]


def fill_in(site_file: Path) -> None:
    """What the guide leaves to the clerk: the e-mails, and a cycle."""
    text = site_file.read_text(encoding="utf-8")
    blank = '# email = "填写邮箱后去掉行首的 #"\n'
    assert text.count(blank) == 1 + len(UNITS)
    for n in range(1 + len(UNITS)):
        text = text.replace(blank, f'email = "e{n}@mou.example"\n', 1)
    site_file.write_text(
        text.replace('url = "/dw/swj/gzdt/"', 'url = "/dw/swj/gzdt/"\ncycle = 60'), encoding="utf-8"
    )


def the_day(folder: Path, url: str, office: PostOffice) -> dict[str, Said]:
    """Every command of the guide as it was said, by its words."""
    done: dict[str, Said] = {}
    day = FIRST
    for words in commands():
        typed = [url if word == "https://www.example.gov.cn/" else word for word in words]
        if words[0] == "nightly" and "nightly" in done:
            day = SECOND
        typed += [] if words[0] in TIMELESS else ["--as-of", day]
        typed += {"alert": ["--time", "09:00"], "init": ["--delay", "0"]}.get(words[0], [])
        said = start(folder, environment(folder) | office.settings(), *typed).end()
        assert said.status == 0, (words, said.err)
        done[" ".join(words) if day == FIRST else f"{' '.join(words)} (2)"] = said
        if words[0] == "init":
            fill_in(folder / "sites" / "mou.toml")
    return done


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PostOffice, dict[str, Said]]:
    web, folder, keys = (tmp_path_factory.mktemp(name) for name in ("web", "clerk", "keys"))
    county(web)
    with serving(partial(Folder, directory=str(web))) as url, post_office(keys) as office:
        return folder, office, the_day(folder, url, office)


def test_the_first_day_of_the_guide(day: tuple[Path, PostOffice, dict[str, Said]]) -> None:
    folder, _office, done = day
    said = {words.partition(" ")[0]: each.out for words, each in done.items() if "(2)" not in words}
    assert "3 个单位，6 个栏目" in said["site"] and "没有可用邮箱" not in said["site"]
    assert "没有完整读到：无" in said["status"]
    assert "合计 15 条。数据截至 2026-04-08，最近读取 2026-04-08" in said["count"]
    assert "“工作动态”最新信息发布于 2026-03-02" in said["check"]
    assert "搁置：河家镇" in said["waive"]
    assert "逾期未更新" in said["audit"]
    assert 'why = "镇政府网站改版"' in (folder / "sites" / "mou.toml").read_text(encoding="utf-8")
    drafts = {path.suffix for path in (folder / "papers").rglob("通报_2026Q1_*草稿*")}
    assert {".docx", ".xlsx", ".html", ".txt", ".json", ".csv"} <= drafts
    assert list((folder / "final").rglob("通报_2026Q1_*.docx"))


def test_the_mails_of_the_first_day_are_those_released(day: tuple[Path, PostOffice, dict[str, Said]]) -> None:
    _folder, office, _done = day
    trial, *mails = office.taken
    assert trial.to == ("zwgk@example.gov.cn",)
    [unit] = [mail for mail in mails if mail.text.startswith("县教育局：")]
    assert "“工作动态”最新信息发布于 2026-03-02" in unit.text and "河家镇" not in unit.text
    assert not [mail for mail in mails if mail.text.startswith(("河家镇", "县商务局"))]
