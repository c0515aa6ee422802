"""Lists: hand-made pages of the systems counties use, beside each the rows, the way on and the totals."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.reading.listing import read_list
from crawler.reading.page import Page
from crawler.reading.values import Listing

PAGES = Path(__file__).parent / "pages" / "lists"
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
