"""Lists: hand-made pages of the systems counties use, beside each the rows, the way on and the totals."""

import csv
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.listing.source import read_list
from crawler.outcomes.outcome import see_list
from crawler.page.page import Page
from crawler.page.values import DayKind, Listing
from crawler.readers.lists.emptiness import says_nothing
from rules.vocabulary.terms import Outcome

PAGES = Path(__file__).parent / "pages" / "lists"
SHARED = Path(__file__).parents[2] / "shared"
CORPUS, COUNTY = SHARED / "corpus", SHARED / "real"
CASES = sorted(path.stem for path in PAGES.glob("*.json"))


def expected(name: str) -> dict[str, Any]:
    return json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))


def read(name: str) -> Listing:
    want = expected(name)
    body = next(path for path in PAGES.glob(f"{name}.*") if path.suffix != ".json").read_bytes()
    as_of = date.fromisoformat(want["as_of"]) if want.get("as_of") else None
    return read_list(Page(want["url"], body), as_of)


def as_rows(listing: Listing) -> list[dict[str, Any]]:
    rows = []
    for entry in listing.entries:
        row: dict[str, Any] = {"title": entry.title, "url": entry.url}
        row["date"] = entry.date.isoformat() if entry.date else None
        row |= {"source": entry.source} if entry.source else {}
        row |= {"absurd": True} if entry.absurd else {}
        row |= {"kind": entry.kind.value} if entry.kind is not DayKind.PUBLISHED else {}
        rows.append(row)
    return rows


@pytest.mark.parametrize("name", CASES)
def test_rows(name: str) -> None:
    assert as_rows(read(name)) == expected(name)["entries"]


@pytest.mark.parametrize("name", CASES)
def test_what_comes_next_and_what_is_stated(name: str) -> None:
    want, got = expected(name), read(name)
    turn = got.next_page
    assert (turn.url if turn else None) == want["next"]
    assert (dict(turn.form) if turn and turn.form is not None else None) == want["form"]
    assert (got.stated_total, got.stated_pages) == (want["total"], want["pages"])
    assert got.says_empty == want["says_empty"]


SAYS_NOTHING = [
    "此栏目暂无任何新增信息",
    "暂无数据",
    "暂无信息！",
    "[暂无内容]",
    "暂无！",
    "没有找到相关内容",
    "共0条",
    "共有0条信息",
    "总记录数：0",
    "无相关数据",
    "对不起，没有查询到相关数据！",
    "该栏目下暂无内容",
    "没有符合条件的记录",
    "抱歉，没有找到您要的信息",
    "暂无内容，敬请期待",
    "本栏目暂无信息更新",
    "本单位暂无此项信息",
    "未检索到相关信息",
    "暂无政策文件",
    "暂无数据，请稍后再来",
    "目前没有信息",
]

SAYS_SOMETHING = [
    "没有共产党就没有新中国",
    "信息公开",
    "无障碍浏览",
    "无党派人士工作动态",
    "共10条",
    "共0.5条",
    "没有信息化就没有现代化",
    "暂无法提供数据的说明",
    "关于无偿献血的信息",
    "无",
    "栏目建设",
    "此信息无误",
    "无违建创建动态公告",
    "没有更多数据了",
    "暂无更多信息",
    "本月暂无信息",
    "今日暂无信息更新",
    "数据加载失败，暂无数据",
    "未登录，暂无数据",
    "栏目正在建设中，敬请期待",
    "内容建设中",
    "资料整理中，暂无信息",
]


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_sentences_that_say_nothing_is_there(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", SAYS_SOMETHING)
def test_sentences_that_say_something_else(text: str) -> None:
    assert not says_nothing(text)


def test_a_nought_that_a_script_is_to_replace_is_no_zero() -> None:
    html = (
        "<ul id='list'></ul><div class='pg'>共<span id='total'>0</span>条</div><script>$.get('/api', function(d){"
        "$('#list').html(d.html); $('#total').text(d.total); });</script>"
    )
    page = Page("http://www.beishan.gov.cn/gg/", f"<html><body>{html}</body></html>".encode())
    assert see_list(page, read_list(page)).outcome is Outcome.UNREADABLE


def test_every_unit_of_a_real_county() -> None:
    """Rows, totals, the newest day and the empty units of a whole portal's mirror."""
    if not COUNTY.exists():
        pytest.skip(f"没有真实县门户镜像：{COUNTY}")
    wrong = []
    with (COUNTY / "zhecheng_units.csv").open(encoding="utf-8-sig") as lines:
        for unit in csv.DictReader(lines):
            body = (COUNTY / "zhecheng" / unit["page"]).read_bytes()
            listing = read_list(Page(f"http://www.zhecheng.gov.cn/{unit['page']}", body), date(2018, 7, 27))
            rows = int(unit["rows_on_first_page"])
            newest = max((entry.date for entry in listing.entries if entry.date), default=None)
            got = (
                len(listing.entries),
                str(newest or ""),
                str(listing.stated_total or ""),
                listing.says_empty is None,
            )
            want = (rows, unit["newest"], unit["stated_total"], rows > 0)
            going_on = listing.next_page is not None
            if got != want or going_on != (unit["more_pages"] == "yes"):
                wrong.append((unit["page"], got, want))
    assert wrong == []


def test_no_real_page_breaks_the_reader_or_keeps_it() -> None:
    if not CORPUS.exists():
        pytest.skip(f"没有标注语料：{CORPUS}")
    slow, read_at_all = [], 0
    for line in (CORPUS / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        body = (CORPUS / known["file"]).read_bytes()
        start = time.process_time()
        listing = read_list(Page(known["url"] or "index.html", body))
        if time.process_time() - start > 1:
            slow.append(known["id"])
        read_at_all += known["kind"] == "list" and bool(listing.entries)
        assert known["kind"] != "article" or not listing.entries, known["id"]
    assert slow == []
    assert read_at_all >= 40


def test_labelled_lists_of_real_sites() -> None:
    if not CORPUS.exists():
        pytest.skip(f"没有标注语料：{CORPUS}")
    labels = map(json.loads, (CORPUS / "labels.jsonl").read_text(encoding="utf-8").splitlines())
    files = map(json.loads, (CORPUS / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    file_of = {one["id"]: one["file"] for one in files}
    found = rows = 0
    for label in labels:
        if label["kind"] == "list":
            page = Page("index.html", (CORPUS / file_of[label["id"]]).read_bytes())
            titles = ["".join(entry.title.split()) for entry in read_list(page).entries]
            rows += max(len(titles), len(label["labels"]["items"]))
            found += sum("".join(item["title"].split()) in titles for item in label["labels"]["items"])
    assert found >= 0.99 * rows
