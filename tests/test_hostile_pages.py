"""Pages that attack: every reader takes each, or refuses it, within its budget; none earns a zero, and none harms a neighbour."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.discovery.study import study
from crawler.listing.source import ListSource, read_page
from crawler.outcomes.causes import CAUSES
from crawler.outcomes.costly import within_budget
from crawler.page.budget import TooCostly, check_bounds, within_time
from crawler.page.page import Page, parse
from crawler.page.values import Expectation
from crawler.readers.lists.home import read_home
from monitor.pages.page_facts import KINDS, facts_of
from rules.vocabulary.places import Endpoint
from rules.vocabulary.terms import Outcome
from tests.commandline import gongkai, in_process
from tests.hostile_pages.attacks import HEAD, LIST, ODD, READ, REFUSED, every

HOST = "http://www.mou.example/"
AS_OF = date(2023, 5, 20)
PROMISED = 5  # seconds of processor time, the end of what takes too long included
EXPECT = Expectation(HOST, "某县人民政府", ("", "通知公告"))
COSTLY = CAUSES["too_costly"]


def page(body: bytes, status: int = 200) -> Page:
    return Page(f"{HOST}tzgg/", body, status, {"content-type": "text/html"})


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_past_its_budget_is_refused_by_every_reader(name: str) -> None:
    body = REFUSED[name]()
    for kind in KINDS:
        facts = facts_of(kind, page(body), AS_OF)
        assert (facts["cause"], facts["sentence"]) == ("too_costly", COSTLY.sentence)
        assert not facts.get("entries") and not facts.get("text")
    assert study(page(body), EXPECT, AS_OF).cause == "too_costly"
    with pytest.raises(TooCostly):
        read_home(page(body), AS_OF)


@pytest.mark.parametrize(("name", "build"), [*READ.items(), *ODD.items()], ids=[*READ, *ODD])
def test_what_is_within_the_budget_is_read_in_time(name: str, build: Callable[[], bytes]) -> None:
    body = build()
    for kind in KINDS:
        started = time.process_time()
        facts = facts_of(kind, page(body), AS_OF)
        assert time.process_time() - started < PROMISED
        assert facts["outcome"] != Outcome.EMPTY and facts["cause"] != "too_costly"
    assert study(page(body), EXPECT, AS_OF).cause != "too_costly"
    assert within_budget(page(body), lambda: read_home(page(body), AS_OF), lambda _: None) is not None


def test_an_error_page_is_told_by_its_status_however_it_attacks() -> None:
    huge = REFUSED["100,000 rows"]()
    assert facts_of("list", page(huge, 404), AS_OF)["cause"] == "http_404"
    assert facts_of("article", page(huge, 403), AS_OF)["cause"] == "http_403"


def test_markup_inside_an_answer_is_bounded_like_a_page() -> None:
    """JSON may hide the markup's signs from whoever counts them."""
    many = "\\u003cp " + " ".join(f"a{n}" for n in range(15_000)) + "\\u003e"
    answer = page(f'{{"html": "\\u003cli\\u003e公告{many}"}}'.encode())
    assert facts_of("list", answer, AS_OF)["outcome"] not in (Outcome.READ, Outcome.EMPTY)


LONG = "9" * 5_000
NUMBERS = {
    "of the next page": f'<a href="?page={LONG}">下一页</a><a href="?page={LONG}">尾页</a>',
    "of rows": f'<a href="?offset={LONG}&limit={LONG}">下一页</a>',
    "of a call": f"<script>createPageHTML({LONG}, 0, 'index', 'html');</script>",
    "of a click": f"<a onclick='f.page.value={LONG};f.submit()'>下一页</a>",
    "of a frame": f"<iframe src=/a.html width={LONG}></iframe><iframe src=/b.html width=²></iframe>",
    "of a day": f"<p>发布时间：{LONG}年1月1日</p><p>2023年{LONG}月</p>",
}


@pytest.mark.parametrize("markup", NUMBERS.values(), ids=NUMBERS)
def test_numbers_of_any_length_are_read_or_are_none(markup: str) -> None:
    for address in (f"{HOST}tzgg/", f"{HOST}tzgg/?page={LONG}", f"{HOST}tzgg/?offset={LONG}&limit=²"):
        body = f"{LIST}{markup}".encode()
        for kind in KINDS:
            assert facts_of(kind, Page(address, body), AS_OF)["outcome"] != Outcome.EMPTY
        answer = f'{{"rows":[{{"title":"公告"}}],"page":{LONG[:4000]}}}'.encode()
        assert facts_of("list", Page(address, answer), AS_OF)["outcome"] != Outcome.EMPTY


@pytest.mark.parametrize(
    "day", ["9" * 4_000, "1e999", "NaN", "-Infinity", f'"{LONG}"', "[1]", "{}", "true", '"²"']
)
def test_days_and_totals_of_an_endpoint_may_be_anything(day: str) -> None:
    endpoint = Endpoint(f"{HOST}api?page={{page}}", "rows", "title", "date", "link", "total")
    answer = page(
        f'{{"total":{day},"rows":[{{"title":"关于资金的公告","link":"/a.html","date":{day}}}]}}'.encode()
    )
    reading = read_page(answer, ListSource(f"{HOST}tzgg/", endpoint=endpoint), 1, AS_OF)
    assert [(row.title, row.date) for row in reading.listing.entries] == [("关于资金的公告", None)]


def test_what_libxml2_leaves_out_is_never_half_read() -> None:
    with pytest.raises(TooCostly):
        parse("<div>" * 2_100 + "x" + "</div>" * 2_100 + "<p>behind</p>")
    assert parse("<div>" * 2_000 + "x" + "</div>" * 2_000 + "<p>behind</p>").findtext(".//p") == "behind"


@pytest.mark.parametrize(
    "markup",
    [
        f"<img alt='{'a b ' * 30_000}'>",
        f"<script>for (i = 0; i<n; i++) {{ {'a = [1, 2]; ' * 9_000} }}</script>",
        f"<!-- <p {'a b ' * 30_000} -->",
        f"<textarea><p {'a b ' * 30_000}</textarea>",
        "<img src='data:image/png;base64," + "iVBORw0KGgo/" * 300_000 + "'>",
        "<p class='a' style='b' title='c'>公告</p>" * 9_000,
    ],
    ids=["a long text", "a script", "a comment", "a text area", "a picture of 4 MB", "ordinary tags"],
)
def test_what_only_looks_like_many_attributes_is_within_the_bounds(markup: str) -> None:
    check_bounds(markup)


def endless() -> None:
    while True:
        pass


def test_reading_ends_where_its_time_does() -> None:
    with pytest.raises(TooCostly):
        within_time(endless, 0.05)
    assert within_time(lambda: 7, 0.05) == 7
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_an_exception_that_something_swallows_comes_again() -> None:
    def read() -> None:
        for _ in range(2):
            try:
                endless()
            except Exception:
                continue
        endless()

    with pytest.raises(TooCostly):
        within_time(read, 0.05)


def test_the_outer_time_bounds_what_is_read_inside() -> None:
    with pytest.raises(TooCostly):
        within_time(lambda: within_time(endless, 60), 0.05)


def test_a_late_signal_stops_nothing() -> None:
    within_time(lambda: None)
    signal.raise_signal(signal.SIGPROF)


def test_time_that_others_take_is_not_the_page_s() -> None:
    def read() -> str:
        time.sleep(0.2)
        return "read"

    assert within_time(read, 0.1) == "read"


def test_outside_the_main_thread_the_bounds_hold_alone() -> None:
    seen: list[object] = []
    body = REFUSED["5,000 divs, one in the other"]()
    thread = threading.Thread(target=lambda: seen.append(facts_of("list", page(body), AS_OF)["cause"]))
    thread.start()
    thread.join()
    assert seen == ["too_costly"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_says_it_in_one_sentence(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(REFUSED["its attributes hold what looks like its end"]())
    said = in_process("read", kind, file)
    assert said.status == 0 and said.err == ""
    assert (
        said.out == f"结果：无法识别（{COSTLY.sentence}）\n"
    )  # and no number, nothing that is said to be none


@contextmanager
def serving(bodies: dict[str, bytes]) -> Iterator[int]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = bodies.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def test_a_night_of_attacks_leaves_the_other_columns_right(tmp_path: Path) -> None:
    """Every second column attacks; the others are read to the row."""
    attacks = [body() for name, body in every() if name not in READ]
    bodies = {f"/a{n}/": body for n, body in enumerate(attacks)}
    sound = {f"/b{n}/": LIST.replace("通知公告", f"栏目{n}").encode() for n in range(len(attacks))}
    front = f"{HEAD}<p>欢迎访问</p></body></html>".encode()
    with serving({"/": front, **bodies, **sound}) as port:
        home = f"http://127.0.0.1:{port}/"
        columns = "".join(
            f'  {{units = ["a"], path = ["", "{name}{n}"], url = "/{letter}{n}/"}},\n'
            for n in range(len(attacks))
            for letter, name in (("a", "攻击"), ("b", "栏目"))
        )
        site = tmp_path / "mou.toml"
        site.write_text(
            f'name = "某县人民政府"\nhome = "{home}"\n'
            'crawl = {delay = 0.0, timeout = 20, articles = 0, why = "测试"}\n'
            f'units = [{{id = "a", name = "甲局", kind = "部门"}}]\ncolumns = [\n{columns}]\n',
            encoding="utf-8",
        )
        crawled = gongkai(tmp_path, "crawl", site, "--as-of", "2023-05-20", "--json")
    told = crawled.json
    causes = {column["column"]: column["cause"] for column in told["unread"]}
    assert not any("栏目" in key or "/b" in key for key in causes), told
    assert list(causes.values()).count("too_costly") == len(REFUSED)
    assert "own_fault" not in causes.values()
