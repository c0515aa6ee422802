"""Lists: hand-made pages of the systems counties use, beside each the rows, the way on and the totals."""

import csv
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.reading.listing import read_list
from crawler.reading.page import Page
from crawler.reading.values import Listing

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
        start = time.perf_counter()
        listing = read_list(Page(known["url"] or "index.html", body))
        if time.perf_counter() - start > 1:
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
