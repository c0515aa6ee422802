"""Wrong wordings (错敏词): the shipped table, the office's own, what is not held against a text, and the way to the finding."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.crawling.article_facts import describe
from crawler.crawling.rescanning import rescan_wording
from crawler.fetching.snapshots import SnapshotStore
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from crawler.sites.load import load_site
from db.recording.articles import ArticleSeen
from db.recording.rescans import articles_scanned_otherwise
from rules.errors import WrongInput
from rules.scanners.wording import scan_wording
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome
from rules.vocabulary.wording import COLUMNS, digest_of, shipped_wording
from tests.bulletin_made import NOON
from tests.made_nights import HEAD, crawled, posted, rulings, said

COLUMN = '{units = ["a"], path = ["通知公告"], url = "/tz/"},'
OWN_LINES = "截止目前,截至目前,,,\n张三丰,（不得出现）,严重,,是\n布署,部署,停用,,\n"
DAY = date(2023, 6, 20)


def county(folder: Path, lines: str | bytes, more: str = "") -> Site:
    """A site whose office has a table of its own; `lines` without the heading."""
    table = lines if isinstance(lines, bytes) else f"{','.join(COLUMNS)}\n{lines}".encode()
    (folder / "错敏词.csv").write_bytes(table)
    file = folder / "mou.toml"
    file.write_text(f'{HEAD}columns = [{COLUMN}]\n[office]\nwording = "错敏词.csv"\n{more}', encoding="utf-8")
    return load_site(file)


def found(text: str) -> list[str]:
    return [hit.wrong for hit in scan_wording(text, "正文", shipped_wording())]


@pytest.mark.parametrize("word", shipped_wording(), ids=lambda word: word.wrong)
def test_every_shipped_word_is_found_and_its_right_form_is_not(word: object) -> None:
    assert getattr(word, "wrong", "") in found(f"会议要求，{getattr(word, 'wrong', '')}。")
    assert found(f"会议要求，{getattr(word, 'right', '')}。") == []


@pytest.mark.parametrize(
    "text",
    [
        "现将名单公布署名如下。",
        "共建“一带一路”战略支点城市。",
        "湖北朝鲜族学校",
        "港澳台等地区的居民",
        "香港、澳门、台湾等国家和地区的企业",
        "请将文中“布署”改为“部署”。",
        "第三行“人名政府”应为“人民政府”。",
        "新闻报道中不使用“台湾政府”一词。",
        "根据《关于工作布署的通知》（某政〔2015〕3号）",
        "关于清理错别字的通报\n个别单位把部署写作布署。\n有的网站出现人名政府。",
        "党的十八届三中全会、党的二十大精神",
        "中华人民共和国成立以来",
    ],
)
def test_what_is_not_held_against_a_text(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("贯彻党的十八大三中全会精神", ["十八大三中全会"]),
        ("公布署名。明日布署工作。", ["布署"]),
        ("应为布置。\n工作布署会", ["布署"]),  # the correction is another line's
        ("《习近平新时代中国特色主义思想学习纲要》", ["习近平新时代中国特色主义思想"]),
        ("台湾等国家的企业", ["台湾等国家"]),
    ],
)
def test_what_is(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_around_it_no_number_stands() -> None:
    (hit,) = scan_wording("电话13812345678布署李四410105199001010000。", "正文", shipped_wording())
    assert hit.around == "…布署李四…"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_an_office_adds_takes_away_and_masks(tmp_path: Path, encoding: str) -> None:
    site = county(tmp_path, f"{','.join(COLUMNS)}\n{OWN_LINES}".encode(encoding))
    hits = list(scan_wording("截止目前，布署由张三丰负责。", "正文", site.wording))
    assert [(hit.wrong, hit.grave, hit.around) for hit in hits] == [
        ("截止目前", False, "截止目前，布署由张**负"), ("张**", True, ""),
    ]  # fmt: skip
    assert len(site.wording) == len(shipped_wording()) + 1


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("布,部,,,\n", "第 2 行的错误表述太短"),
        ("布署,部署,很严重,,\n", "级别“很严重”不对"),
        (b"\xb4\xed\n", "缺少列 错误表述、正确表述"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, lines: str | bytes, why: str) -> None:
    with pytest.raises(WrongInput, match=why):
        county(tmp_path, lines)


PAGE = """<html><head><title>{title}</title></head><body><h1>{title}</h1><div>发布时间：2023-06-19 来源：财政局</div>
<div class="content"><p>{text}</p><p>{more}</p></div></body></html>"""


def page_of(title: str, text: str) -> Page:
    body = PAGE.format(title=title, text=text, more="现将有关事项通知如下，请各单位认真贯彻执行。" * 9)
    return Page("https://www.mou.example/1.html", body.encode(), 200, {})


def opened(site: Site, title: str, text: str) -> ArticleSeen:
    """What the crawl records of a page."""
    return scanned(site, page_of(title, text))


def scanned(site: Site, page: Page) -> ArticleSeen:
    described = describe(page, read_article(page), [], {"www.mou.example"}, (), site.wording)
    return ArticleSeen(0, Outcome.READ, **described)


def test_from_the_page_to_the_finding_and_its_waiver(tmp_path: Path, engine: Engine) -> None:
    waiver = '[[waivers]]\nrule = "posting.wrong_wording"\nunit = "a"\nwhy = "引用"\nuntil = 2023-12-31\n'
    site = county(tmp_path, OWN_LINES, waiver)
    title = "关于防汛工作的通知"
    row = posted(title, date(2023, 6, 19))
    seen = opened(site, title, "截止目前，全县布署到位，张三丰同志到会，中国人民共和国万岁。")
    crawled(engine, site, DAY, {"/tz/": [row]}, {title: seen})
    (grave,) = said(engine, site, DAY, "posting.grave_wording")
    assert "“张**”（应为“（不得出现）”，见正文）" in grave and "中国人民共和国" in grave
    (ordinary,) = rulings(engine, site, DAY, "posting.wrong_wording")
    assert ordinary.waived and "截止目前" in ordinary.finding.sentence
    assert not any("张三丰" in part for part in (grave, ordinary.finding.sentence))


def test_a_changed_table_is_read_to_the_kept_pages(tmp_path: Path, engine: Engine) -> None:
    before, title = county(tmp_path, ""), "关于防汛工作的通知"
    page = page_of(title, "截止目前，全县布署到位。")
    room = SnapshotStore(tmp_path / "evidence")
    seen = replace(scanned(before, page), snapshot=room.keep(before.key, page, NOON))
    seen.facts["wording"].append(
        {"wrong": "旧错", "right": "", "grave": False, "place": "表.xlsx", "around": ""}
    )
    crawled(engine, before, DAY, {"/tz/": [posted(title, date(2023, 6, 19))]}, {title: seen})
    after = county(tmp_path, OWN_LINES)
    for site, words in (
        (before, ("布署", "旧错")),
        (after, ("截止目前", "旧错")),
        (after, ("截止目前", "旧错")),
    ):
        with engine.begin() as connection:
            rescan_wording(connection, site, room)
        (sentence,) = said(engine, site, DAY, "posting.wrong_wording")
        assert [word for word in ("截止目前", "布署", "旧错") if f"“{word}”（" in sentence] == list(words)
    with engine.connect() as connection:
        assert articles_scanned_otherwise(connection, after.key, digest_of(after.wording), 9) == []


def test_a_corrected_page_is_no_finding(tmp_path: Path, engine: Engine) -> None:
    site, title = county(tmp_path, OWN_LINES), "关于人名政府工作的通知"
    row = posted(title, date(2023, 6, 19))
    crawled(engine, site, DAY, {"/tz/": [row]}, {title: opened(site, title, "如下。")})
    (one,) = said(engine, site, DAY, "posting.wrong_wording")
    assert "见标题" in one
    for outcome, number in ((Outcome.BLOCKED, 1), (Outcome.READ, 0)):
        seen = ArticleSeen(0, outcome, length=9)
        crawled(engine, site, DAY, {"/tz/": [row]}, {title: seen})
        assert len(said(engine, site, DAY, "posting.wrong_wording")) == number
