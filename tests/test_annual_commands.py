"""`gongkai annual` as a user meets it: Chinese, exit statuses, JSON, files and addresses."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.connect import open_database
from tests.annual_made import as_html, as_word, sound
from tests.bulletin_made import remember
from tests.commandline import Said, in_process
from tests.test_annual_draft import DAYS, TEXT, TODAY, site_of

Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("GONGKAI_DATABASE_URL", f"sqlite:///{tmp_path / 'gongkai.db'}")
    return lambda *arguments: in_process("annual", *arguments)


def written(folder: Path, body: bytes, name: str = "report.html") -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


def wrong() -> bytes:
    return as_html(sound().with_cells(t3_new_total="9"))


def test_a_sound_report(run: Run, tmp_path: Path) -> None:
    said = run("check", written(tmp_path, as_html(sound())), "--fail-on", "finding")
    assert said.status == 0
    assert "某县教育局，2022 年度，2021 年格式（现行格式）" in said.out
    assert "共 0 个问题，0 条提示。" in said.out and "A3：7 处" in said.out


def test_findings_are_said_and_fail_where_asked(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, wrong())
    assert run("check", path).status == 0
    said = run("check", path, "--fail-on", "finding")
    assert said.status == 1
    assert "第一项加第二项 9，第三项加第四项 7 + 1 = 8" in said.out.replace("\n", "")


def test_hints_fail_only_where_asked(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, as_html(sound().with_cells(t2_fee_charged="/")))
    assert run("check", path, "--fail-on", "finding").status == 0
    assert run("check", path, "--fail-on", "notice").status == 1


def test_json(run: Run, tmp_path: Path) -> None:
    facts = json.loads(run("check", written(tmp_path, wrong()), "--json", "--published", "2023-02-01").out)
    assert (facts["unit"], facts["year"], facts["form"], facts["published"]) == (
        "某县教育局", 2022, "2021", "2023-02-01",
    )  # fmt: skip
    assert [finding["id"] for finding in facts["findings"]] == ["A1", "A2", "R-NB-DEPT"]
    assert {"place", "sentence", "basis", "severity"} < set(facts["findings"][0])
    assert len(facts["checks"]) == 7 + 25 + 7 + 3
    assert facts["unchecked"] == [] and facts["untied"] == []


def test_with_last_year_and_the_units(run: Run, tmp_path: Path) -> None:
    last = written(
        tmp_path, as_html(replace(sound(), title="某县教育局2021年政府信息公开工作年度报告")), "last.html"
    )
    path = written(tmp_path, as_word(sound()), "this.docx")
    facts = json.loads(run("check", path, "--last", last, "--part", path, "--part", last, "--json").out)
    assert {finding["id"] for finding in facts["findings"]} == {"A5", "A8", "A10.repeated"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "没有.docx"), "没有这个文件"),
        (("check", "."), "：是目录，"),
        (("check", "{path}", "--fail-on", "x"), "--fail-on 只能是"),
        (("check", "{path}", "--published", "昨天"), "日期“昨天”无法识别"),
        (("check", "{other}"), "没有读到政府信息公开工作年度报告"),
        (("check", "{path}", "--site", "没有"), "没有"),
        (("check", "http://127.0.0.1:9/"), "地址无法访问"),
        (("check",), "缺少参数"),
        (("draft", "没有", "2023"), "没有"),
        (("draft", "{site}", "2018"), "2018 年还没有统一"),
        (("draft", "{site}", "今年"), "参数"),
        (("draft", "{site}", "2023", "--unit", "林业局"), "没有单位“林业局”"),
    ],
)
def test_wrong_input_is_one_chinese_sentence(
    run: Run, engine: Engine, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    places = {
        "path": written(tmp_path, as_html(sound())),
        "other": written(tmp_path, "<html><p>通知公告：明天开会。</p></html>".encode(), "other.html"),
        "site": written(tmp_path, TEXT.encode(), "mou.toml"),
    }
    said = run(*(argument.format(**places) for argument in arguments))
    assert (said.status, said.out) == (2, "")
    assert words in said.err and len(said.err.strip().splitlines()) == 1


def test_the_claim_is_compared_with_our_count(run: Run, tmp_path: Path) -> None:
    site = written(tmp_path, TEXT.encode(), "mou.toml")
    remember(open_database(), site_of(TEXT), {"/zs/": DAYS, "/jz/": DAYS[1:2]}, as_of=TODAY)
    made = replace(sound(), title="教育局2023年政府信息公开工作年度报告", preamble="")
    made = made.with_prose(1, "全年主动公开政府信息 145 条。")
    said = run(
        "check",
        written(tmp_path, as_html(made)),
        "--site",
        site,
        "--unit",
        "教育局",
        "--as-of",
        TODAY,
        "--json",
    )
    [finding] = json.loads(said.out)["findings"]
    assert finding["id"] == "claim" and finding["severity"] == "提示"
    assert "报告称 145 条" in finding["sentence"] and "教育局 2023 年 3 条" in finding["sentence"]


def test_a_draft_is_written(run: Run, tmp_path: Path) -> None:
    site = written(tmp_path, TEXT.encode(), "mou.toml")
    remember(open_database(), site_of(TEXT), {"/zs/": DAYS}, as_of=TODAY)
    out = tmp_path / "out"
    said = run("draft", site, 2023, "--unit", "jyj", "--out", out, "--as-of", TODAY)
    assert said.status == 0 and "教育局 2023 年政府信息公开工作年度报告：主动公开 2 条" in said.out
    assert sorted(path.name for path in (out / "2023").iterdir()) == [
        "年度报告草稿_2023_教育局.docx",
        "年度报告草稿_2023_教育局.txt",
    ]
    checked = run("check", out / "2023" / "年度报告草稿_2023_教育局.docx", "--fail-on", "finding")
    assert checked.status == 0


def test_control_characters_of_a_report_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    page = as_html(replace(sound(), title="\x1b[31m某县[bold]局2022年政府信息公开工作年度报告\u202e"))
    said = run("check", written(tmp_path, page))
    assert "\x1b" not in said.out and "\u202e" not in said.out
    assert "某县[bold]局" in said.out


PAGES: dict[str, tuple[int, str, bytes]] = {}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, kind, body = PAGES.get(self.path, (404, "text/html", b"<html><title>404</title></html>"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if 300 <= status < 400:
            self.send_header("Location", body.decode())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    PAGES.clear()


LINKING = (
    "<html><body><h1>某县教育局2022年政府信息公开工作年度报告</h1><p>发布日期：2023-02-20 来源：某县教育局</p>"
    "<div class='content'><p>报告全文见附件，请下载查阅，如有疑问请与办公室联系。</p>"
    "<p><a href='/files/nb.docx'>附件：年度报告.docx</a></p></div></body></html>"
)


def test_an_address(run: Run, host: str) -> None:
    PAGES["/nb.html"] = (200, "text/html; charset=utf-8", as_html(sound()))
    PAGES["/old"] = (302, "text/html", b"/nb.html")
    assert "共 0 个问题" in run("check", f"{host}/nb.html").out
    assert "共 0 个问题" in run("check", f"{host}/old").out


def test_a_page_that_only_offers_a_file(run: Run, host: str) -> None:
    PAGES["/nb.html"] = (200, "text/html; charset=utf-8", LINKING.encode())
    PAGES["/files/nb.docx"] = (200, "application/octet-stream", as_word(sound()))
    facts = json.loads(run("check", f"{host}/nb.html", "--json").out)
    assert (facts["kind"], facts["published"]) == ("docx", "2023-02-20")
    assert [finding["id"] for finding in facts["findings"]] == ["R-NB-DEPT"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, b"<html><title>404</title></html>"),
        (412, b"<html><script>x()</script></html>"),
        (200, b""),
        (302, b"/loop"),
    ],
)
def test_an_address_without_a_report_is_refused_and_nobody_blamed(
    run: Run, host: str, status: int, body: bytes
) -> None:
    PAGES["/loop"] = (status, "text/html", body)
    said = run("check", f"{host}/loop", "--fail-on", "notice")
    assert (said.status, said.out) == (2, "") and said.err.strip().endswith("。")
