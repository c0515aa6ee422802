"""Who may see what of the pages, and what is refused: signing in, roles, forged requests, headers, the log."""

from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from db.users.changes import changes
from db.users.users import disable
from monitor.web.security.forms import own_path
from monitor.web.security.guards import COOKIE
from monitor.web.security.passwords import hash_of, is_right
from rules.errors import WrongInput
from rules.vocabulary.roles import Viewer
from tests.web_made import (
    OFFICE,
    OPERATOR,
    PASSWORD,
    PERIOD,
    READER,
    SCHOOLS,
    STREET,
    World,
    make_world,
    token_of,
)

KEPT = "/s/beiguan/snapshots/1"  # a page for which nothing is judged
SCHOOL_COLUMN = "/jczwgk/ywjy/jyxx.htm"
PAGES = (
    "/s/beiguan", "/s/beiguan/findings", "/s/beiguan/letters", "/s/beiguan/postings", "/s/beiguan/units/jyj",
    f"/s/beiguan/column?key={SCHOOL_COLUMN}", "/s/beiguan/snapshots/1", "/kept/beiguan/1",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, demo_night: Path) -> World:
    return make_world(tmp_path_factory.mktemp("web"), demo_night)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_page_without_signing_in(world: World, page: str) -> None:
    for address in (page, page + ("&" if "?" in page else "?") + "form=csv"):
        said = world.browser().get(address)
        assert said.status_code == 303
        assert said.headers["location"] == f"/login?back={quote(address, safe='')}"


@pytest.mark.parametrize("viewer", [OFFICE, READER, OPERATOR], ids=lambda viewer: viewer.role.name)
def test_who_may_see_the_whole_site_sees_every_page(world: World, viewer: Viewer) -> None:
    browser = world.browser(viewer)
    assert {page: browser.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


def test_a_unit_s_user_sees_its_own_unit_alone(world: World) -> None:
    """By address, by id, by download and by filter: nothing of another unit, not even that it is there."""
    browser = world.browser(STREET)
    assert browser.get("/").headers["location"] == "/s/beiguan/units/hongqilu"
    assert browser.get("/s/beiguan/units/hongqilu").status_code == 200
    refused = ("/s/beiguan", "/s/beiguan?form=csv", "/s/beiguan/units/jyj", "/s/beiguan/units/jyj?form=json",
               f"/s/beiguan/column?key={SCHOOL_COLUMN}", "/s/other", "/s/beiguan/units/nobody")  # fmt: skip
    assert {page: browser.get(page).status_code for page in refused} == dict.fromkeys(refused, 404)
    said = [browser.get(page).text for page in ("/s/beiguan/units/jyj", "/s/beiguan/units/nobody")]
    assert said[0] == said[1]


def test_lists_of_a_unit_s_user_hold_no_other_unit(world: World) -> None:
    browser = world.browser(SCHOOLS)
    rows = browser.get(f"/s/beiguan/postings?period={PERIOD}&form=json").json()
    assert rows and all("区教育局" in row["责任"].split("、") for row in rows)
    assert browser.get(f"/s/beiguan/postings?period={PERIOD}&owner=czj&form=json").json() == []
    findings = browser.get(f"/s/beiguan/findings?period={PERIOD}&form=json").json()
    assert findings and all("区教育局" in row["单位"].split("、") for row in findings)
    assert browser.get("/s/beiguan/findings?unit=czj&form=json").json() == []
    assert {row["单位"] for row in browser.get("/s/beiguan/letters?form=json").json()} == {"区教育局"}


def test_a_unit_s_user_sees_kept_pages_of_its_own_columns_alone(world: World) -> None:
    """Guessing numbers shows what the user's own columns show, and 404 for every other."""
    with world.sources.read() as connection:
        most = connection.exec_driver_sql("SELECT MAX(id) FROM snapshots").scalar_one()
        own = connection.exec_driver_sql(
            "SELECT DISTINCT v.snapshot_id FROM visits v JOIN columns c ON c.id = v.column_id"
            " JOIN duties d ON d.column_id = c.id JOIN duty_units du ON du.duty_id = d.id"
            " JOIN units u ON u.id = du.unit_id WHERE u.key = 'jyj' AND v.snapshot_id IS NOT NULL"
            " UNION SELECT a.snapshot_id FROM articles a JOIN postings p ON p.id = a.posting_id"
            " JOIN columns c ON c.id = p.column_id JOIN duties d ON d.column_id = c.id"
            " JOIN duty_units du ON du.duty_id = d.id JOIN units u ON u.id = du.unit_id"
            " WHERE u.key = 'jyj' AND a.snapshot_id IS NOT NULL"
        ).scalars()
        mine = set(own)
    browser = world.browser(SCHOOLS)
    tried = {*mine, *range(1, most + 2, 5)}
    seen = {n for n in tried if browser.get(f"/s/beiguan/snapshots/{n}").status_code == 200}
    assert mine and seen == mine
    other = next(n for n in range(1, most + 1) if n not in mine)
    assert browser.get(f"/kept/beiguan/{other}").status_code == 404


def test_a_wrong_password_and_a_name_that_is_not_there_are_told_alike(world: World) -> None:
    texts = []
    for name in (READER.name, "没有这个人"):
        said = world.browser().post("/login", data={"name": name, "password": "not the right one"})
        assert said.status_code == 401 and COOKIE not in said.cookies
        texts.append(said.text.replace(name, "NAME"))
    assert texts[0] == texts[1]


def test_five_wrong_passwords_close_a_name_for_a_quarter_of_an_hour(world: World) -> None:
    browser, wrong = world.browser(), {"name": OPERATOR.name, "password": "not the right one"}
    assert [browser.post("/login", data=wrong).status_code for _ in range(6)] == [401] * 5 + [429]
    assert browser.post("/login", data=wrong | {"password": PASSWORD}).status_code == 429
    world.clock.pass_(minutes=16)
    assert browser.post("/login", data=wrong | {"password": PASSWORD}).status_code == 303


def test_a_session_ends_when_it_is_not_used_and_after_half_a_day(world: World) -> None:
    idle, busy = world.browser(OFFICE), world.browser(OFFICE)
    for _ in range(8):
        world.clock.pass_(hours=1.4)
        last = busy.get(KEPT).status_code
    assert last == 200 and idle.get(KEPT).status_code == 303
    world.clock.pass_(hours=1.4)
    assert busy.get(KEPT).status_code == 303


def test_signing_out_ends_the_session_and_needs_its_token(world: World) -> None:
    browser = world.browser(READER)
    token = token_of(browser.get("/s/beiguan").text)
    assert browser.post("/logout", data={"token": "x" * len(token)}).status_code == 403
    forged = browser.post("/logout", data={"token": token}, headers={"sec-fetch-site": "cross-site"})
    other_site = browser.post("/logout", data={"token": token}, headers={"origin": "https://evil.example"})
    assert forged.status_code == other_site.status_code == 403
    cookie = browser.cookies[COOKIE]
    assert browser.post("/logout", data={"token": token}).status_code == 303
    browser.cookies.set(COOKIE, cookie)
    assert browser.get("/s/beiguan").status_code == 303


def test_signing_in_from_another_site_is_refused(world: World) -> None:
    said = world.browser().post(
        "/login", data={"name": OFFICE.name, "password": PASSWORD}, headers={"sec-fetch-site": "cross-site"}
    )
    assert said.status_code == 403 and COOKIE not in said.cookies


def test_a_user_who_is_disabled_is_out_at_once(tmp_path: Path, demo_night: Path) -> None:
    world = make_world(tmp_path, demo_night)
    browser = world.browser(READER)
    with world.sources.engine.begin() as connection:
        assert disable(connection, READER.name, world.clock())
    assert browser.get("/s/beiguan").status_code == 303
    assert browser.post("/login", data={"name": READER.name, "password": PASSWORD}).status_code == 401


def test_the_cookie_is_for_our_pages_over_https_alone(world: World) -> None:
    said = world.browser().post("/login", data={"name": READER.name, "password": PASSWORD})
    cookie = said.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=lax", "secure", "path=/"))
    kept = world.sources.engine.connect().exec_driver_sql("SELECT digest FROM sessions").scalars().all()
    assert said.cookies[COOKIE] not in kept


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/s/beiguan?period=2023Q2", "/s/beiguan?period=2023Q2"), ("//evil.example/", "/"), ("https://evil.example", "/"),
        ("/\\evil.example", "/"), ("javascript:alert(1)", "/"), ("", "/"), ("/a\nSet-Cookie: x=1", "/"), ("\\\\evil", "/"),
        ("/%2f/evil.example", "/%2f/evil.example"),
    ],
)  # fmt: skip
def test_after_signing_in_nobody_is_sent_elsewhere(world: World, asked: str, goes: str) -> None:
    assert own_path(asked) == goes
    said = world.browser().post("/login", data={"name": OFFICE.name, "password": PASSWORD, "back": asked})
    assert said.headers["location"] == goes


@pytest.mark.parametrize(
    "page", ["/login", "/s/beiguan", "/kept/beiguan/1", "/nothing", "/static/gongkai.css", "/healthz"]
)
def test_every_answer_says_what_a_browser_may_do_with_it(world: World, page: str) -> None:
    headers = world.browser(OFFICE).get(page).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff" and "frame-ancestors" in policy
    assert headers["strict-transport-security"] and headers["referrer-policy"] == "same-origin"
    assert ("no-store" in headers["cache-control"]) is not page.startswith("/static/")
    assert ("sandbox" in policy) is page.startswith("/kept/")


def test_signing_in_is_written_down_and_the_log_cannot_be_changed(world: World) -> None:
    world.browser(OFFICE)
    with world.sources.read() as connection:
        last = changes(connection)[0]
    assert (last.who, last.action) == (OFFICE.name, "登录")
    for statement in ("DELETE FROM changes", "UPDATE changes SET who = 'nobody'"):
        with (
            pytest.raises((DatabaseError, IntegrityError), match="append-only"),
            world.sources.engine.begin() as writing,
        ):
            writing.exec_driver_sql(statement)


def test_looking_at_pages_changes_nothing(world: World) -> None:
    browser = world.browser(OFFICE)

    def rows() -> dict[str, int]:
        with world.sources.read() as connection:
            tables = (
                connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
                .scalars()
                .all()
            )
            return {t: connection.exec_driver_sql(f'SELECT COUNT(*) FROM "{t}"').scalar_one() for t in tables}

    before = rows()
    for page in PAGES:
        browser.get(page)
    assert rows() == before


@pytest.mark.parametrize(
    "address",
    ["/s/..%2f..%2fetc", "/s/beiguan/units/%00", "/s/beiguan/snapshots/-1", "/s/beiguan/snapshots/99999999999999999999999",
     "/s/beiguan?period=1", "/s/beiguan?period=2099Q1", "/s/beiguan?form=exe", "/s/beiguan/column", "/s/%2e%2e/units/a",
     "/s/beiguan/findings?form=../../x", "/s/beiguan/postings?column=%27%20OR%201=1", "/s/beiguan/snapshots/abc"],
)  # fmt: skip
def test_wrong_addresses_are_refused_in_chinese(world: World, address: str) -> None:
    said = world.browser(OFFICE).get(address)
    assert said.status_code in (404, 422) or (said.status_code == 200 and "没有信息" in said.text)
    assert "Traceback" not in said.text and "没有" in said.text


def test_passwords_that_are_easily_guessed_are_refused() -> None:
    for password, name in (("short", ""), ("x" * 201, ""), ("zhang-lei-2023", "zhang"), ("1111111111", "")):
        with pytest.raises(WrongInput):
            hash_of(password, name)
    kept = hash_of("long enough 1")
    assert is_right("long enough 1", kept) and not is_right("long enough 2", kept) and not is_right("x", None)
