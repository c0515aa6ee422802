"""`gongkai read`: one page or a manifest in, what was read out; mistakes in one Chinese sentence."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.page.values import LetterEntry
from tests.commandline import gongkai, in_process

PAGES = Path(__file__).parent / "pages"
ARTICLE = PAGES / "articles" / "sichuan_migrated.html"
LETTER = PAGES / "letters" / "letter_table.html"
LETTERS = PAGES / "letters" / "list_table.html"
LIST = """<html><body><div>当前位置：<a href="/">首页</a> &gt; 通知公告</div><ul>
<li><a href="a/t20230501_1.html">关于五一假期值班安排的通知</a><span>2023-05-01</span></li>
<li><a href="a/t20230420_2.html">关于开展[red]安全生产[/red]检查的通知</a><span>2023-04-20</span></li>
<li><a href="a/t20230411_3.html">关于公布便民服务事项的公告</a><span>2023-04-11</span></li></ul>
<div class="page"><a href="index_1.html">下一页</a> 共12条</div></body></html>"""


def run(*arguments: object) -> str:
    done = in_process("read", *arguments)
    assert done.status == 0, done
    return done.out


def run_json(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--json"))


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    file = tmp_path / "list.html"
    file.write_text(LIST, encoding="utf-8")
    return file


def test_list_of_a_known_address(listing):
    facts = run_json("list", listing, "--url", "http://www.example.gov.cn/zwgk/tzgg/index.html")
    assert facts["entries"][0] == {
        "title": "关于五一假期值班安排的通知",
        "url": "http://www.example.gov.cn/zwgk/tzgg/a/t20230501_1.html",
        "date": "2023-05-01",
    }
    assert facts["next_page"] == "http://www.example.gov.cn/zwgk/tzgg/index_1.html"
    assert (len(facts["entries"]), facts["stated_total"], facts["outcome"], facts["cause"]) == (
        3,
        12,
        "read",
        "",
    )
    assert {"stated_pages", "says_empty"} <= set(facts)


def test_links_stay_as_printed_where_the_address_is_not_known(listing):
    facts = run_json("list", listing)
    assert [one["url"] for one in facts["entries"]][:2] == ["a/t20230501_1.html", "a/t20230420_2.html"]
    assert facts["next_page"] == "index_1.html"


def test_article():
    facts = run_json("article", ARTICLE)
    assert facts["published"] == "2019-07-19"
    assert facts["dates"] == {"shown": "2019-07-19", "meta": "2024-04-15"}
    assert facts["outcome"] == "read"
    assert set(facts) >= {"title", "source", "document_number", "signed", "text", "attachments"}


def test_letters():
    facts = run_json("letters", LETTERS)
    assert facts["entries"][0]["answered"] == "2023-04-07"
    assert set(facts["entries"][0]) == {field.name for field in fields(LetterEntry)}


def test_letter_says_replied_too():
    facts = run_json("letter", LETTER)
    assert facts["replied"] == facts["answered"] == "2023-05-04"
    assert facts["received"] == "2023-05-01 10:11"


def test_plain_words_for_people(listing):
    said = run("list", listing)
    assert "2023-05-01　关于五一假期值班安排的通知　a/t20230501_1.html" in said
    assert "[red]安全生产[/red]" in said
    assert "下一页 index_1.html" in said
    assert "结果：已读取" in said
    assert "发布日期：2019-07-19" in run("article", ARTICLE)
    assert "答复 2023-04-07" in run("letters", LETTERS)
    assert "答复时间：2023-05-04" in run("letter", LETTER)


@pytest.mark.parametrize(
    ("shown", "kind", "word"),
    [
        ("05-01", "yearless", "2023-05-01（年份是推定的）"),
        ("更新时间：2023-05-01", "unsure", "2023-05-01（更新、发文日期，是否发布日期待核）"),
        ("成文日期：2023-05-01", "other", "2023-05-01（不是发布日期）"),
    ],
)
def test_a_day_that_is_not_surely_that_of_publication_says_so(listing, shown, kind, word):
    page = LIST.replace("t20230501_1", "show_1").replace("2023-05-01", shown)
    listing.write_text(page, encoding="utf-8")
    day = ("--as-of", "2023-05-04")
    assert run_json("list", listing, *day)["entries"][0]["date_kind"] == kind
    assert f"{word}　关于五一假期值班安排的通知" in run("list", listing, *day)


def test_a_page_cannot_act_on_the_terminal(tmp_path):
    page = tmp_path / "evil.html"
    page.write_bytes(
        "<h1>标题\x1b[31m红色通知公告</h1><p>发布时间：2020-01-02</p><p>\x1b]0;x\x07正文内容在此。</p>".encode()
    )
    assert "\x1b" not in run("article", page)


def test_manifest_reads_each_page_as_its_own_kind(tmp_path, listing):
    (tmp_path / "article.html").write_bytes(ARTICLE.read_bytes())
    (tmp_path / "letter.html").write_bytes(LETTER.read_bytes())
    (tmp_path / "letters.html").write_bytes(LETTERS.read_bytes())
    lines = [
        {"id": "1", "file": "list.html", "kind": "list", "url": "http://www.example.gov.cn/b/index.html"},
        {"id": "2", "file": "article.html", "kind": "article", "url": None},
        {"id": "3", "file": "letter.html", "kind": "mailbox_letter"},
        {"id": "4", "file": "letters.html", "kind": "mailbox_list", "url": ""},
        {"id": "5", "file": "list.html", "kind": "home"},
        {"id": "6", "file": "list.html"},
    ]
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text("\n\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    said = [json.loads(line) for line in run("list", "--manifest", manifest, "--json").splitlines()]
    assert [one["id"] for one in said] == ["1", "2", "3", "4", "5", "6"]
    assert said[0]["entries"][0]["url"] == "http://www.example.gov.cn/b/a/t20230501_1.html"
    assert said[1]["published"] == "2019-07-19"
    assert said[2]["subject"] == "关于路灯不亮的问题"
    assert said[3]["entries"][1]["status"] == "办理中"
    assert said[4]["entries"] == said[5]["entries"] != []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "1", "file": "nowhere.html", "kind": "list"}', "第 2 行的文件 nowhere.html 不存在"),
        ("不是 JSON", "第 2 行无法识别"),
        ('["list.html"]', "第 2 行无法识别"),
        ('{"id": "1", "kind": "list"}', "第 2 行无法识别"),
        ('{"file": "list.html", "url": 3}', "第 2 行的 url 应为文字"),
    ],
)
def test_a_wrong_manifest_is_refused_before_anything_is_read(tmp_path, listing, line, said):
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text('{"id": "0", "file": "list.html"}\n' + line + "\n", encoding="utf-8")
    done = in_process("read", "list", "--manifest", manifest)
    assert done.status == 2
    assert said in done.err
    assert done.out == ""


def test_mistakes_are_one_chinese_sentence(tmp_path):
    for arguments, words in [
        (["read", "list", "nowhere.html"], "没有这个文件"),
        (["read", "article"], "请给出一个文件或网址"),
        (["read", "letters", "--manifest", "nowhere.jsonl"], "找不到清单"),
    ]:
        done = gongkai(tmp_path, *arguments)
        assert (done.status, done.out, len(done.err.strip().splitlines())) == (2, "", 1)
        assert words in done.err


class _Site(BaseHTTPRequestHandler):
    agents: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        _Site.agents.append(self.headers["User-Agent"])
        if self.path == "/old":
            self.send_response(302)
            self.send_header("Location", "/zwgk/index.html")
            self.end_headers()
            return
        body = LIST.replace("<html>", '<html><meta charset="gb2312">').encode("gb18030")
        self.send_response(200 if self.path == "/zwgk/index.html" else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body if self.path == "/zwgk/index.html" else "<h1>404 未找到页面</h1>".encode())

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_fetched_and_redirects_followed(site):
    facts = run_json("list", f"{site}/old")
    assert facts["entries"][0]["url"] == f"{site}/zwgk/a/t20230501_1.html"
    assert facts["entries"][2]["title"] == "关于公布便民服务事项的公告"
    assert _Site.agents[-1].isascii()
    assert "gongkai" in _Site.agents[-1]


def test_an_answer_without_a_page_is_an_outcome(site):
    facts = run_json("list", f"{site}/gone")
    assert facts["entries"] == []
    assert facts["outcome"] not in ("read", "empty")
    assert facts["sentence"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<h1>404 Not Found</h1>",
        "<html><body><script>location.href='/waf'</script></body></html>",
        "<html><body><p>系统维护中，请稍后访问。</p><div>共0条 1/1页</div></body></html>",
        "<html><body><iframe src=/list.html width=900 height=900></iframe></body></html>",
        "PK\x03\x04",
        "<div>" * 5_000,
    ],
)
@pytest.mark.parametrize("kind", ["list", "letters", "letter", "article"])
def test_a_page_that_was_not_seen_says_its_outcome_and_no_number(tmp_path, kind, body):
    page = tmp_path / "page.html"
    page.write_text(body, encoding="utf-8")
    said = run(kind, page).splitlines()
    assert said[-1].startswith("结果：") and "已读取" not in said[-1]
    its_own = re.split(r"<[^>]*>", body)
    for line in (one for one in said[:-1] if one not in its_own):
        assert not re.search(r"\d\s?[条页]|：无$|没有读出", line), said


def test_no_answer_is_an_outcome(site):
    address = site.rsplit(":", 1)[0] + ":9"
    facts = run_json("article", address)
    assert (facts["title"], facts["outcome"], facts["cause"]) == (None, "unreachable", "refused")
