"""An empty column, a read one, and one that could not be read: every fault page, and wild ones."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.article import read_article
from crawler.reading.causes import CAUSES
from crawler.reading.listing import read_list
from crawler.reading.outcome import (
    FAILURES,
    falls_short,
    see_answer,
    see_article,
    see_failure,
    see_letter,
    see_letters,
    see_list,
)
from crawler.reading.page import Page
from crawler.reading.values import Article, Entry, Expectation, Letter, LetterList, LetterRow, Listing, Turn
from rules.terms import Outcome

HERE = Path(__file__).parent
FAULTS = HERE / "pages" / "faults"
SHARED = HERE.parent.parent / "shared"
AS_OF = date(2024, 6, 28)
EXPECT = Expectation("http://www.yunling.example/", "云岭县人民政府", ("救灾领域", "备灾管理"))
GOOD = ("read", "empty")


def page_at(path: Path) -> Page:
    """A fault page with what its json says of status, headers and addresses."""
    beside = path.with_suffix(".json")
    meta = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    return Page(
        meta.get("url", "http://www.yunling.example/jczwgk/jzly/bzgl/"),
        path.read_bytes(),
        meta.get("status", 200),
        meta.get("headers", {"content-type": "text/html; charset=utf-8"}),
        meta.get("asked"),
    )


PAGES = sorted(path for path in FAULTS.glob("*/*") if path.suffix != ".json")
BAD_PAGES = [path for path in PAGES if path.parent.name not in GOOD]


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_page_is_seen_as_what_it_is(path: Path) -> None:
    page = page_at(path)
    sight = see_list(page, read_list(page, AS_OF), EXPECT)
    if path.parent.name in GOOD:
        assert (sight.outcome.value, sight.cause, sight.sentence) == (path.parent.name, "", "")
    else:
        cause = CAUSES[path.parent.name]
        assert (sight.cause, sight.outcome) == (path.parent.name, cause.outcome)
        assert sight.sentence.startswith(cause.sentence)
