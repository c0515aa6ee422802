"""Setting a finding aside from its page: who may, what is written where, and what is refused without a change."""

from pathlib import Path

import pytest
from lxml import html

from crawler.sites.load import load_site
from db.users.changes import changes
from rules.vocabulary.roles import Viewer
from tests.web_made import OFFICE, OPERATOR, PERIOD, READER, SCHOOLS, SITE, World, make_world, token_of

FORM = f"/s/{SITE}/waive?rule=column.silent&unit=jyj&column=义务教育领域/政务公开/财务信息"
FILLED = {
    "rule": "column.silent", "unit": "jyj", "column": "义务教育领域/政务公开/财务信息", "why": "财务每半年公开",
    "who": "张主任", "until": "2023-09-30",
}  # fmt: skip


@pytest.fixture
def world(tmp_path: Path, demo_night: Path) -> World:
    return make_world(tmp_path, demo_night)


def test_a_finding_is_set_aside_from_its_page(world: World) -> None:
    browser, file = world.browser(OFFICE), world.sources.folder / f"{SITE}.toml"
    before = file.read_text(encoding="utf-8")
    findings = html.fromstring(browser.get(f"/s/{SITE}/findings?period={PERIOD}&unit=jyj").text)
    [row] = [row for row in findings.cssselect("tbody tr") if "财务信息" in row.text_content()]
    [link] = [a.get("href") for a in row.cssselect("a") if a.text == "豁免"]
    page = browser.get(link).text
    [form] = html.fromstring(page).cssselect("main form")
    fields = {each.get("name"): each.get("value") or "" for each in form.cssselect("input")}
    said = browser.post(
        form.get("action"), data=fields | {"why": "财务每半年公开", "who": "张主任", "until": "2023-09-30"}
    )
    assert said.status_code == 303 and said.headers["location"].startswith(f"/s/{SITE}/findings")
    after = file.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip()) and after.count("[[waivers]]") == before.count("[[waivers]]") + 1
    new = load_site(file).waivers[-1]
    assert (new.rule, new.unit, new.why, new.who) == ("column.silent", "jyj", "财务每半年公开", "张主任")
    listed = browser.get(f"/s/{SITE}/findings?period={PERIOD}&unit=jyj&form=json").json()
    assert [each["豁免"] for each in listed if "财务信息" in each["问题"]] == [
        "财务每半年公开（豁免至 2023-09-30，张主任）"
    ]
    with world.sources.read() as connection:
        last = changes(connection)[0]
    assert (last.who, last.action) == (OFFICE.name, "豁免") and "搁置 1 个问题" in last.about


@pytest.mark.parametrize("viewer", [SCHOOLS, READER, OPERATOR], ids=lambda viewer: viewer.role.name)
def test_only_the_office_sets_anything_aside(world: World, viewer: Viewer) -> None:
    browser, file = world.browser(viewer), world.sources.folder / f"{SITE}.toml"
    before = file.read_bytes()
    token = token_of(browser.get(f"/s/{SITE}/units/jyj").text)
    assert browser.get(FORM).status_code in (403, 404)
    assert browser.post(f"/s/{SITE}/waive", data=FILLED | {"token": token}).status_code in (403, 404)
    assert "豁免</a>" not in browser.get(f"/s/{SITE}/units/jyj?period={PERIOD}").text
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("why", "", 422), ("why", "  ", 422), ("until", "2023-07-02", 422), ("until", "明年", 422), ("until", "", 422),
        ("rule", "column.*", 404), ("rule", "没有", 404), ("unit", "nobody", 404), ("column", "没有/这个", 404), ("token", "x", 403),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_changes_nothing(world: World, field: str, value: str, status: int) -> None:
    browser, file = world.browser(OFFICE), world.sources.folder / f"{SITE}.toml"
    before = file.read_bytes()
    filled = FILLED | {"token": token_of(browser.get(FORM).text)} | {field: value}
    said = browser.post(f"/s/{SITE}/waive", data=filled)
    assert (said.status_code, file.read_bytes()) == (status, before)
    assert "没有" in said.text


def test_everything_of_everybody_is_never_set_aside(world: World) -> None:
    browser = world.browser(OFFICE)
    filled = FILLED | {"token": token_of(browser.get(FORM).text), "unit": "", "column": ""}
    assert browser.post(f"/s/{SITE}/waive", data=filled).status_code == 422


def test_what_is_written_cannot_become_another_key(world: World) -> None:
    browser = world.browser(OFFICE)
    hostile = '"\n[[units]]\nid = "x" # \x00'
    filled = FILLED | {"token": token_of(browser.get(FORM).text), "why": hostile}
    said = browser.post(f"/s/{SITE}/waive", data=filled)
    site = load_site(world.sources.folder / f"{SITE}.toml")
    assert said.status_code in (303, 422) and "x" not in {unit.key for unit in site.units}
