"""The platforms' cases: crawler/platforms/cases/<name>.toml, read by the platform they are named for."""

import json
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import crawler.platforms
from crawler.discovery.study import Kind, study
from crawler.listing.source import ListSource, PageReading, read_page
from crawler.page.page import Page
from crawler.page.values import Expectation, Listing
from crawler.platforms import PLATFORMS, find_platform
from rules.vocabulary.terms import Outcome

CASES = Path(crawler.platforms.__file__).parent / "cases"
READ_ON = date(2023, 7, 3)


def cases(kind: str) -> list[Any]:
    """Every case of a kind, with the name of the platform it is for."""
    found = []
    for platform in PLATFORMS:
        table = tomllib.loads((CASES / f"{platform.name}.toml").read_text(encoding="utf-8"))
        found += [
            pytest.param(platform.name, case, id=f"{platform.name}-{case['case']}")
            for case in table.get(kind, ())
        ]
    return found


def page_of(case: dict[str, Any]) -> Page:
    return Page(case["url"].partition("#")[0], case["page"].encode())


def shell_of(case: dict[str, Any]) -> PageReading[Listing]:
    return read_page(page_of(case), ListSource(case["url"]), 1, READ_ON)


def rows_of(listing: Listing) -> list[list[str | None]]:
    return [[one.title, one.url, one.date.isoformat() if one.date else None] for one in listing.entries]


def check(listing: Listing, case: dict[str, Any]) -> None:
    assert rows_of(listing) == case["rows"]
    assert (listing.next_page.url if listing.next_page else None) == case.get("next")
    assert (listing.stated_total, listing.stated_pages) == (case.get("total"), case.get("pages"))


@pytest.mark.parametrize(("name", "case"), cases("reads"))
def test_a_page_is_read(name: str, case: dict[str, Any]) -> None:
    reading = shell_of(case)
    assert reading.source is None
    assert reading.outcome.outcome is Outcome.READ
    check(reading.listing, case)


@pytest.mark.parametrize(("name", "case"), cases("shells"))
def test_a_shell_names_its_endpoint_and_its_answer_is_read(name: str, case: dict[str, Any]) -> None:
    platform = find_platform(page_of(case))
    assert platform is not None
    assert platform.name == name
    source = shell_of(case).source
    assert source is not None
    request = source.first_request()
    assert request.url == case["second"]
    assert (request.form and dict(request.form), request.body) == (case.get("form"), case.get("body"))
    answer = read_page(Page(request.url, case["answer"].encode()), source, 1, READ_ON)
    assert answer.outcome.outcome is Outcome.READ
    check(answer.listing, case)


@pytest.mark.parametrize(("name", "case"), cases("shells"))
def test_the_second_page_is_asked_for_by_its_number(name: str, case: dict[str, Any]) -> None:
    source = shell_of(case).source
    assert source is not None
    first = source.first_request()
    listing = read_page(Page(first.url, case["answer"].encode()), source, 1, READ_ON).listing
    assert listing.next_page is not None
    assert listing.next_page.method == first.method
    # Only the number of the page differs.
    said = [
        json.dumps([one.url, one.form and dict(one.form), one.body]) for one in (first, listing.next_page)
    ]
    changed = [(one, other) for one, other in zip(*said, strict=True) if one != other]
    assert len(changed) == 1
    assert int(changed[0][1]) == int(changed[0][0]) + 1


@pytest.mark.parametrize(("name", "case"), cases("unreadable"))
def test_an_endpoint_that_fails_is_unreadable_and_never_empty(name: str, case: dict[str, Any]) -> None:
    reading = shell_of(case)
    if reading.source:
        url = reading.source.first_request().url
        reading = read_page(Page(url, case["answer"].encode()), reading.source, 1, READ_ON)
    assert (reading.outcome.outcome, reading.outcome.cause) == (Outcome.UNREADABLE, case["cause"])
    assert reading.listing.entries == ()


@pytest.mark.parametrize(("name", "case"), cases("others"))
def test_what_is_not_the_platforms_or_says_too_little(name: str, case: dict[str, Any]) -> None:
    page = page_of(case)
    platform = next(one for one in PLATFORMS if one.name == name)
    assert platform.recognise(page) is case.get("recognised", False)
    assert platform.endpoint(page, case["url"]) is None


def test_every_platform_has_its_own_name_and_cases() -> None:
    names = [platform.name for platform in PLATFORMS]
    assert sorted({path.stem for path in CASES.glob("*.toml")}) == sorted(names)
    assert len(names) == len(set(names))


def test_a_named_platform_goes_before_recognition() -> None:
    page = Page("http://www.qingxi.example/", b"<html><body><datastore></datastore></body></html>")
    assert find_platform(page).name == "hanweb"  # type: ignore[union-attr]
    assert find_platform(page, "trs").name == "trs"  # type: ignore[union-attr]


@pytest.mark.parametrize(("name", "case"), cases("shells"))
def test_discovery_takes_a_shell_for_a_list(name: str, case: dict[str, Any]) -> None:
    page = Page(case["url"].partition("#")[0], case["page"].encode(), asked=case["url"])
    assert study(page, Expectation("http://www.qingxi.example/"), READ_ON).kind is Kind.LIST


HOSTILE = {
    "siteserver": "<script>" + ("'/stl/actions/dynamic' " * 16 + "{" + "a" * 400) * 300 + "</script>",
    "siteserver-quotes": "<script>" + "'/stl/actions/dynamic'" * 8_000 + "{" + "'a" * 50_000 + "</script>",
    "jpaas": "<script url='/front/page/build/unit' queryData='x'></script>" * 20_000,
    "epoint": "<script>getPageInfoList" + ('"' + "/rest/a" * 28) * 1_000 + "</script>",
    "trs": "<script>" + "createPageHTML(1," * 20_000 + "</script>",
    "vsb": "<script>" + "_simple_list_gotopage_fun( " * 20_000 + "</script>",
    "hanweb": "<datastore>" * 20_000 + "<record>" * 20_000,
    "empire": "<a title='总数'>" * 20_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_marks_repeated_without_end_cost_no_more_than_their_length(body: str) -> None:
    page = Page("http://www.qingxi.example/a/", f"<html><body>{body}</body></html>".encode())
    started = time.process_time()
    reading = read_page(page, ListSource(page.url), 1, READ_ON)
    assert time.process_time() - started < 5
    assert reading.listing.entries == ()
