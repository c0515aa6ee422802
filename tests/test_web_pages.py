"""What the pages show: the numbers of the papers, what was not read apart from zero, and files of exactly that view."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from monitor.web.heat_map import heat_map
from monitor.wording import shown_total, total_of
from rules.dates.periods import parse_period
from tests.web_made import OFFICE, PERIOD, READER, SITE, World, make_world

HOSTILE = '<img src=x onerror=alert(1)>=HYPERLINK("http://evil.example")'


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, demo_night: Path) -> World:
    return make_world(tmp_path_factory.mktemp("web"), demo_night)


def test_every_number_of_the_heat_map_leads_to_as_many_rows(world: World) -> None:
    browser = world.browser(READER)
    page = html.fromstring(browser.get(f"/s/{SITE}?period={PERIOD}").text)
    cells = [cell for cell in page.cssselect(".heat tbody td") if cell.cssselect("a")]
    assert len(cells) > 80
    for cell in cells[::23]:
        number, href = cell.text_content().split()[0], cell.cssselect("a")[0].get("href")
        rows = browser.get(f"{href}&form=json").json()
        assert sum(not row["撤下"] for row in rows) == (int(number) if number.isdigit() else 0), href


def test_the_sums_are_those_of_the_counts(world: World) -> None:
    sources = world.sources
    site = sources.site(SITE)
    assert site
    judgement = sources.judgement(site, parse_period(PERIOD))
    table = heat_map(judgement, OFFICE)
    sums = {row[0].text: row[-1].value for row in table.rows}
    for unit in site.units:
        own = [count for count in judgement.counts if count.duty.units == (unit.key,)]
        if own:
            assert sums[own[0].duty.label] == shown_total(total_of(own))


def test_the_weeks_add_up_to_the_postings(world: World) -> None:
    page = html.fromstring(world.browser(READER).get(f"/s/{SITE}").text)
    shown = [int(text.text) for text in page.cssselect(".weeks text") if "/" not in text.text]
    with world.sources.read() as connection:
        counted = connection.exec_driver_sql(
            "SELECT COUNT(*) FROM postings WHERE published BETWEEN '2023-04-10' AND '2023-07-03' AND withdrawn_on IS NULL"
        ).scalar_one()
    assert len(shown) == 13 and sum(shown) == counted > 0


def test_what_was_not_read_is_no_zero(tmp_path: Path, demo_night: Path) -> None:
    world = make_world(tmp_path, demo_night)
    with world.sources.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE readings SET outcome = 'blocked', standing = 'blocked', cause = 'http_403', covered_whole = 0,"
            " covered_since = NULL, witness = '' WHERE column_id = (SELECT id FROM columns WHERE key = '/jczwgk/ywjy/jyxx.htm')"
        )
    browser = world.browser(READER)
    page = html.fromstring(browser.get(f"/s/{SITE}/units/jyj?period={PERIOD}").text)
    [row] = [row for row in page.cssselect("tbody tr") if "教育信息" in row.text_content()]
    number = row.cssselect("td")[0]
    assert (
        number.text_content() == "未读取"
        and "unknown" in number.get("class")
        and "zero" not in number.get("class")
    )
    [zero] = [
        row
        for row in page.cssselect("tbody tr")
        if "财务信息" in row.text_content() and "条" not in row.text_content()
    ][-1:]
    assert "zero" in zero.cssselect("td")[0].get("class")
    county = browser.get(f"/s/{SITE}?period={PERIOD}").text
    assert "被拦截 1 个" in county and "区教育局“义务教育领域›教育信息”" in county


def test_a_download_is_the_table_of_the_page(world: World) -> None:
    browser, address = world.browser(READER), f"/s/{SITE}/findings?period={PERIOD}&severity=扣分"
    page = html.fromstring(browser.get(address).text)
    shown = [[cell.text_content() for cell in row] for row in page.cssselect("main table tr")]
    [link] = [a.get("href") for a in page.cssselect(".downloads a") if a.text == "CSV"]
    rows = list(csv.reader(StringIO(browser.get(link).content.decode("utf-8-sig"))))
    assert rows == shown and len(rows) > 1
    answer = browser.get(f"{address}&form=xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == shown
    assert browser.get(f"{address}&form=json").json() == [
        dict(zip(rows[0], map(_none, row), strict=True)) for row in rows[1:]
    ]
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]


def _none(text: str) -> str | None:
    return text or None


def test_what_a_site_wrote_is_never_markup_and_never_a_formula(tmp_path: Path, demo_night: Path) -> None:
    world = make_world(tmp_path, demo_night)
    with world.sources.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE postings SET title = ?, url = 'https://www.beiguan.example/\"><script>x</script>'",
            (HOSTILE,),
        )
        connection.exec_driver_sql("UPDATE letters SET subject = ?, url = 'javascript:alert(1)'", (HOSTILE,))
        connection.exec_driver_sql("UPDATE findings SET sentence = ?", (HOSTILE,))
    browser = world.browser(READER)
    for address in (f"/s/{SITE}/postings?period={PERIOD}", f"/s/{SITE}/letters", f"/s/{SITE}"):
        text = browser.get(address).text
        page = html.fromstring(text)
        assert "onerror" in page.text_content() and not page.cssselect("img, script")
        assert not [
            a
            for a in page.cssselect("a[href]")
            if not a.get("href").startswith(("/", "#", "https://www.beiguan"))
        ]
    downloaded = browser.get(f"/s/{SITE}/letters?form=csv").content.decode("utf-8-sig")
    assert all(row[1].startswith("<img") for row in list(csv.reader(StringIO(downloaded)))[1:])


def test_a_kept_page_is_text_with_its_rows_marked(world: World) -> None:
    browser = world.browser(READER)
    column = html.fromstring(browser.get(f"/s/{SITE}/column?key=/jczwgk/ywjy/jyxx.htm&period={PERIOD}").text)
    [kept] = {a.get("href") for a in column.cssselect("a") if "/snapshots/" in a.get("href")}
    frame = html.fromstring(browser.get(kept).text).cssselect("iframe")[0]
    assert frame.get("sandbox") == ""
    text = html.fromstring(browser.get(frame.get("src")).text)
    marked = [mark.text_content() for mark in text.cssselect("mark")]
    rows = browser.get(f"/s/{SITE}/postings?column=/jczwgk/ywjy/jyxx.htm&period=2023&form=json").json()
    assert marked and {row["标题"] for row in rows} <= set(marked)
    assert not text.cssselect("script, a, img, form, iframe")


def test_a_kept_page_that_was_altered_is_not_shown(tmp_path: Path, demo_night: Path) -> None:
    world = make_world(tmp_path, demo_night)
    with world.sources.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE snapshots SET file_sha256 = 'x' WHERE id = 1")
    said = world.browser(READER).get(f"/kept/{SITE}/1")
    assert said.status_code == 404 and "快照文件已被改动" in said.text


def test_a_site_that_was_never_crawled_says_what_comes_next(tmp_path: Path, demo_night: Path) -> None:
    world = make_world(tmp_path, demo_night)
    file = world.sources.folder / f"{SITE}.toml"
    (world.sources.folder / "new.toml").write_bytes(file.read_bytes())
    (world.sources.folder / "broken.toml").write_text("name = ", encoding="utf-8")
    browser = world.browser(READER)
    front = browser.get("/")
    assert front.status_code == 200 and "还没有采集过" in front.text and "broken" not in front.text
    assert "gongkai crawl new" in browser.get("/s/new").text
    assert browser.get("/s/broken").status_code == 404


def test_a_page_shows_what_changed_within_a_minute(tmp_path: Path, demo_night: Path) -> None:
    world = make_world(tmp_path, demo_night)
    browser, address = world.browser(READER), f"/s/{SITE}/postings?period={PERIOD}&owner=jyj&form=json"
    before = len(browser.get(address).json())
    with world.sources.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE postings SET published = '2020-01-01' WHERE id = (SELECT MIN(p.id) FROM postings p JOIN columns c"
            " ON c.id = p.column_id WHERE c.key = '/jczwgk/ywjy/jyxx.htm' AND p.published = '2023-06-19')"
        )
    world.clock.pass_(seconds=61)
    assert len(browser.get(address).json()) == before - 1


def test_health_and_metrics_need_no_user_and_name_nobody(world: World) -> None:
    browser = world.browser()
    health = browser.get("/healthz")
    assert health.status_code == 200 and health.json() == {"status": "ok", "nights_behind": None}
    figures = browser.get("/metrics").text
    assert "gongkai_nights_behind -1" in figures and "gongkai_sites 1" in figures
    assert "北关" not in figures + health.text
