"""The pages in a real browser: the way from a number to its kept page, by mouse and by keyboard, on a phone, without scripts;
and what an accessibility check finds."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from crawler.fetching.browser import chromium
from tests.web_made import OFFICE, PASSWORD, PERIOD, SITE, make_world, served

pytestmark = pytest.mark.skipif(
    not (find_spec("playwright") and chromium()), reason="没有 playwright 或 Chromium：网页的浏览器测试跳过"
)
PAGES = (
    "/login", f"/s/{SITE}?period={PERIOD}", f"/s/{SITE}/units/jyj?period={PERIOD}",
    f"/s/{SITE}/column?key=/jczwgk/ywjy/jyxx.htm&period={PERIOD}", f"/s/{SITE}/postings?period={PERIOD}&owner=jyj",
    f"/s/{SITE}/findings?period={PERIOD}", f"/s/{SITE}/waive?rule=column.silent&unit=jyj",
    f"/s/{SITE}/letters", f"/s/{SITE}/snapshots/1", "/nothing",
)  # fmt: skip
ARGUMENTS = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking")
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, demo_night: Path) -> Iterator[str]:
    with served(make_world(tmp_path_factory.mktemp("web"), demo_night, plain_http=True)) as address:
        yield address


@pytest.fixture(scope="module")
def chrome() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium()), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def cookies(chrome: Any, pages: str) -> Any:
    """The cookies of somebody who has signed in by the form."""
    context = chrome.new_context()
    page = context.new_page()
    page.goto(f"{pages}/s/{SITE}?period={PERIOD}")
    page.fill("input[name=name]", OFFICE.name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    assert page.url == f"{pages}/s/{SITE}?period={PERIOD}"
    kept = context.cookies()
    context.close()
    return kept


@pytest.fixture
def open_page(chrome: Any, cookies: Any) -> Iterator[Any]:
    """Opens a page of somebody who has signed in; what the browser complains of fails the test."""
    contexts, complaints = [], []

    def make(**options: Any) -> Any:
        context = chrome.new_context(**options)
        context.add_cookies(cookies)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert [text for text in complaints if "404" not in text] == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_number_leads_to_its_posting_and_its_kept_page(open_page: Any, pages: str, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto(f"{pages}/s/{SITE}?period={PERIOD}")
    assert page.locator(".heat tbody tr").count() > 30
    page.locator(".heat tbody tr", has_text="区教育局").locator("td a").first.click()
    titles = page.locator("main tbody tr td:nth-child(2)").all_inner_texts()
    page.locator("main tbody tr").first.get_by_text("查看").click()
    frame = page.frame_locator("iframe.kept")
    frame.locator("mark").first.wait_for()
    assert titles[0] in frame.locator("mark").all_inner_texts()


def test_a_filter_stays_in_the_address_and_in_the_downloads(open_page: Any, pages: str) -> None:
    page = open_page()
    page.goto(f"{pages}/s/{SITE}/findings?period={PERIOD}")
    page.select_option("select[name=severity]", "扣分")
    page.get_by_role("button", name="筛选").click()
    rows = page.locator("main tbody tr").count()
    assert "severity=" in page.url and rows
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert len(download.value.path().read_text("utf-8-sig").splitlines()) == rows + 1


def test_the_keyboard_alone_reaches_everything(open_page: Any, pages: str) -> None:
    page = open_page()
    page.goto(f"{pages}/s/{SITE}/units/jyj?period={PERIOD}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    seen = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if where.startswith("<body"):
            break
        assert outline != "none", where
        seen.add(where)
    shown = page.evaluate(
        "[...document.querySelectorAll('main a[href]')].map(a => a.outerHTML.slice(0, 200))"
    )
    assert set(shown) <= seen


@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_a_phone_and_has_no_serious_fault_of_access(
    open_page: Any, pages: str, address: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(viewport=PHONE, color_scheme="dark" if "units" in address else "light", bypass_csp=True)
    page.goto(f"{pages}{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    found = Axe().run(page).response["violations"]
    serious = [
        (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")
    ]
    assert serious == []
