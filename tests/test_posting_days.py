"""Which day a list's rows show, and which day their postings get: by the row, by the rows around, by their own pages."""

import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from crawler.listing.posting_days import PostingDays
from crawler.listing.source import read_list
from crawler.page.dates import find_month_day
from crawler.page.page import Page
from crawler.page.values import DayKind, Entry
from crawler.readers.lists.row_days import find_absurd

CASES = Path(__file__).parent / "lists"
ROWS = tomllib.loads((CASES / "row_days.toml").read_text(encoding="utf-8"))["row"]
LISTS = tomllib.loads((CASES / "posting_days.toml").read_text(encoding="utf-8"))["list"]
TITLES = ("关于组织开展秋季防火检查的通知", "全县脱贫攻坚工作会议召开", "关于印发农业生产工作方案的通知")
LABELS = {"更新": DayKind.UNSURE, "成文": DayKind.OTHER}


def page_of(row: dict[str, Any]) -> Page:
    """Three like rows, for one alone is no list."""

    def link(text: str, number: int) -> str:
        return text.replace("A", f"<a href='show.php?id={number}'>{TITLES[number]}</a>")

    if "item" in row:
        rows = "".join(f"<li>{link(row['item'], number)}</li>" for number in range(3))
        body = f"<ul>{rows}</ul>"
    else:
        head = "".join(f"<th>{name}</th>" for name in row.get("head", ()))
        lines = ("".join(f"<td>{link(cell, number)}</td>" for cell in row["cells"]) for number in range(3))
        body = f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
    return Page("http://www.beishan.gov.cn/zw/list.php", f"<html><body>{body}</body></html>".encode())


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_which_day_a_row_shows(row: dict[str, Any]) -> None:
    entries = read_list(page_of(row), date(2025, 12, 29)).entries
    assert {(one.date, one.kind.value) for one in entries} == {(row["day"], row.get("kind", "published"))}


def entry(shown: str, url: str, as_of: date) -> Entry:
    label, _, text = shown.rpartition(" ")
    kind = LABELS.get(label, DayKind.PUBLISHED)
    month_day = find_month_day(text) if len(text) == 5 else None
    if month_day:
        # The reader's guess of the year says nothing here.
        year = 2024 if month_day == (2, 29) else as_of.year
        return Entry(url, url, date(year, *month_day), kind=DayKind.YEARLESS)
    day = None if text == "-" else date.fromisoformat(text)
    return Entry(url, url, day, absurd=bool(day and day > as_of), kind=kind)


def told_of(text: str) -> date | None:
    return None if text in ("?", "-") else date.fromisoformat(text)


def pages_of(case: dict[str, Any]) -> Iterator[tuple[list[Entry], list[date | None]]]:
    numbers = count(9000, -1)
    for page in case["pages"]:
        rows = [[*row.split(" | "), f"show.php?id={next(numbers)}"] for row in page]
        yield (
            [entry(row[0], f"http://www.beishan.gov.cn/{row[2]}", case["as_of"]) for row in rows],
            [told_of(row[1]) for row in rows],
        )


@pytest.mark.parametrize("case", LISTS, ids=[case["case"] for case in LISTS])
def test_which_day_a_posting_gets(case: dict[str, Any]) -> None:
    crawled, proved = PostingDays(case["as_of"]), PostingDays(case["as_of"])
    settled: list[date | None] = []
    truths: list[date | None] = []
    asked = 0
    for entries, articles in pages_of(case):
        told: dict[int, date | None] = {}
        while (at := crawled.row_to_ask(entries, told, ())) is not None:
            assert at not in told
            told[at] = articles[at]
            asked += 1
        days = crawled.settle(entries, told)
        # A proof has the kept pages alone, and those that told nothing are not kept.
        assert proved.settle(entries, {at: day for at, day in told.items() if day}) == days
        settled += days
        truths += [
            day or (one.date if one.kind is DayKind.PUBLISHED else None)
            for one, day in zip(entries, articles, strict=True)
        ]
    if "days" in case:
        truths = [told_of(day) for day in case["days"]]
    wanted = [None if at in case.get("unknown", ()) else day for at, day in enumerate(truths)]
    assert settled == wanted
    assert asked <= case["most"]


def test_a_day_that_earlier_nights_make_doubtful_is_asked_for() -> None:
    rows = [entry(f"更新 2025-11-{day}", f"/{day}.html", date(2025, 12, 29)) for day in (28, 20, 18, 11)]
    days = PostingDays(date(2025, 12, 29))
    agreed = {2: date(2025, 11, 18), 3: date(2025, 11, 11)}
    assert days.row_to_ask(rows, agreed, ()) is None
    assert days.row_to_ask(rows, agreed, [1]) == 1


def test_a_copy_of_a_list_completes_the_rows_of_the_other() -> None:
    wide = "".join(
        f"<li><a href='show.php?id={at}'>{title}</a><span>2024-11-{28 - at}</span></li>"
        for at, title in enumerate(TITLES)
    )
    narrow = "".join(
        f"<dd><a href='show.php?id={at}'>{title[:9]}…</a><i>11-{28 - at}</i></dd>"
        for at, title in enumerate(TITLES)
    )
    wanted = [(title, date(2024, 11, 28 - at), DayKind.PUBLISHED) for at, title in enumerate(TITLES)]
    way = "<div>当前位置：<a href='/'>首页</a> &gt; 公告</div>"
    for first, second in ((wide, narrow), (narrow, wide)):
        body = f"<html><body>{way}<ul>{first}</ul><dl>{second}</dl><p>共1页</p></body></html>"
        page = Page("http://www.beishan.gov.cn/gg/list.php", body.encode())
        rows = [(one.title, one.date, one.kind) for one in read_list(page, date(2025, 12, 29)).entries]
        assert rows == wanted


@pytest.mark.parametrize(
    ("days", "slips"),
    [
        (["2025-12-09", "2025-12-05", "2015-12-03", "2025-12-01", "2025-11-20", "2025-11-02"], [2]),
        (["2025-12-09", "2025-12-05", "2024-12-03", "2025-12-01", "2025-11-20", "2025-11-02"], [2]),
        (["2024-12-09", "2024-12-05", "2025-12-03", "2024-12-01", "2024-11-20", "2024-11-02"], [2]),
        (["2025-12-09", "2025-12-05", "2025-12-01", "2015-11-30", "2025-11-28"], [3]),
        # Pinned on top; the oldest at the end; a row put in by hand; years that run the other way; no order at all.
        (["2024-03-09", "2025-12-05", "2025-12-03", "2025-12-01", "2025-11-20"], []),
        (["2025-12-09", "2025-12-05", "2025-12-03", "2025-12-01", "2023-11-20"], []),
        (["2025-12-09", "2025-12-05", "2025-11-03", "2025-12-01", "2025-11-20"], []),
        (["2025-01-09", "2025-03-05", "2025-06-03", "2025-09-01", "2025-12-20"], []),
        (["2025-01-09", "2024-03-05", "2025-06-03", "2023-09-01", "2025-12-20"], []),
        (["2025-12-09", "2025-12-01", "2025-11-20", "2023-05-02", "2023-04-01"], []),
    ],
)
def test_a_day_that_breaks_the_order_of_its_list_is_a_slip(days: list[str], slips: list[int]) -> None:
    found = find_absurd([date.fromisoformat(day) for day in days], date(2025, 12, 29))
    assert [at for at, absurd in enumerate(found) if absurd] == slips
