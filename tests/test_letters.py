"""Reading mailboxes and letters: hand-made pages of various builds, each with what must be read beside it."""

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.listing.source import read_letters
from crawler.page.page import Page
from crawler.page.values import Letter, LetterEntry, LetterList
from crawler.readers.letters.letter import read_letter

PAGES = Path(__file__).parent / "pages" / "letters"
LISTS = sorted(path.stem for path in PAGES.glob("list_*.html"))
LETTERS = sorted(path.stem for path in PAGES.glob("letter_*.html"))
DAYS = (3, 4, 7)


def load(name: str) -> tuple[Page, dict[str, Any]]:
    told = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return Page(told["url"], (PAGES / f"{name}.html").read_bytes()), told["expect"]


def test_every_page_has_its_expectation():
    assert len(LISTS) >= 8
    assert len(LETTERS) >= 6
    assert {path.stem for path in PAGES.glob("*.json")} == {*LISTS, *LETTERS}


def row_of(values: list[Any]) -> LetterEntry:
    """A row as the JSON has it: the fields in their order, days as text; the last ones may be left out."""
    return LetterEntry(*[date.fromisoformat(v) if at in DAYS and v else v for at, v in enumerate(values)])


@pytest.mark.parametrize("name", LISTS)
def test_hand_made_list(name):
    page, expect = load(name)
    assert list(read_letters(page).entries) == [row_of(values) for values in expect["rows"]]


@pytest.mark.parametrize("name", LETTERS)
def test_hand_made_letter(name):
    page, expect = load(name)
    assert read_letter(page) == Letter(**expect)


def html(body: str) -> Page:
    return Page(
        "http://www.example.gov.cn/xj/1.html", f"<html><head></head><body>{body}</body></html>".encode()
    )


def test_an_article_without_a_letters_labels_is_no_letter():
    article = (
        "<h1>县长接访</h1><p>发布时间：2021-02-03 来源：县政府办</p><p>2月2日，县长接待来访群众三批。</p>"
    )
    assert read_letter(html(article)) == Letter()


def test_empty_list_says_so_and_has_no_rows():
    page, _ = load("list_empty")
    assert read_letters(page).entries == ()


def test_two_days_without_labels_are_ordered_by_time():
    rows = "".join(
        f"<tr><td><a href='{n}.html'>反映第{n}号道路积水问题</a></td><td>2021-03-0{n + 4}</td><td>2021-03-0{n}</td></tr>"
        for n in (1, 2, 3)
    )
    first = read_letters(html(f"<table>{rows}</table>")).entries[0]
    assert (first.received.isoformat(), first.answered.isoformat()) == ("2021-03-01", "2021-03-05")


def test_the_surer_label_wins():
    page = html(
        "<h1>咨询落户</h1><p>受理时间：2021-03-02</p><p>来信时间：2021-03-01</p><p>办理时间：2021-03-05</p>"
        "<p>回复时间：2021-03-06</p><p>受理单位：政务热线</p><p>回复单位：县公安局</p>"
    )
    letter = read_letter(page)
    assert (letter.received, letter.answered, letter.unit) == ("2021-03-01", "2021-03-06", "县公安局")


ANSWER = "您好，我局已会同社区上门清理，并张贴告知书，今后将加强巡查。"
ANSWERED_ELSEWHERE = {
    "unknown label": f"<tr><td>回音壁</td><td>{ANSWER}</td></tr></table>",
    "unknown heading": f"</table><h4>领导批示</h4><div>{ANSWER}</div>",
    "label a picture": f"</table><div><img src='hf.png' alt='回复内容'></div><div>{ANSWER}</div>",
    "text area": f"<tr><td>回复内容</td><td><textarea readonly>{ANSWER}</textarea></td></tr></table>",
    "picture": "<tr><td>回复内容</td><td><img src='reply.jpg'></td></tr></table>",
    "frame": "</table><iframe src='reply.jsp?id=1'></iframe>",
    "hidden until clicked": f"</table><div style='display:none'><h4>回复内容</h4><div>{ANSWER}</div></div>",
    "by a script of the page": "<tr><td>回复内容</td><td id='r'></td></tr></table><script>$('#r').html(reply)</script>",
    "by another script": "<tr><td>回复内容</td><td></td></tr></table><script src='/js/letter.js'></script>",
    "last step": f"</table><ul><li>2022-01-02 受理</li><li>2022-01-03 转办</li><li>2022-01-05 县住建局：{ANSWER}</li></ul>",
    "buttons before it": f"</table><h4>回复内容</h4><div>【打印】【关闭】</div><div>{ANSWER}</div>",
}


@pytest.mark.parametrize("status", ["", "已受理", "已转办", "已办结"])
@pytest.mark.parametrize("kind", ANSWERED_ELSEWHERE)
def test_an_answer_that_we_do_not_see_is_not_said_to_be_missing(kind, status):
    page = html(
        f"<h1>反映消防通道被占用</h1><table><tr><td>来信时间</td><td>2022-01-01</td></tr><tr><td>办理状态</td>"
        f"<td>{status}</td></tr><tr><td>来信内容</td><td>消防通道长期堆放杂物，请处理。</td></tr>{ANSWERED_ELSEWHERE[kind]}"
    )
    assert read_letter(page).unanswered is False


@pytest.mark.parametrize("said", ["暂无回复", "暂未回复，请耐心等待", "您的来信正在办理，请耐心等待。"])
@pytest.mark.parametrize("status", ["", "已受理"])
def test_what_stands_in_the_place_of_an_answer_says_that_there_is_none(said, status):
    page = html(
        f"<h1>反映消防通道被占用</h1><p>来信时间：2022-01-01　办理状态：{status}</p><h4>来信内容</h4>"
        f"<div>消防通道长期堆放杂物，请处理。</div><h4>回复内容</h4><div>{said}</div>"
    )
    assert read_letter(page).unanswered is True


PIECES = st.sampled_from(
    ["<p>", "</p>", "<table><tr><td>", "</td><td>", "</tr><tr>", "</table>", "<ul><li>", "<dl><dt>", "<dd>", "来信时间：",
     "回复内容：", "标题", "编号", "状态", "已办结", "2020-02-31", "2020-02-03", "<a href=x>", "\x00", "<!--", "<iframe src=a>"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=10)), max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_a_fault_and_always_alike(pieces):
    body = "".join(pieces).encode("utf-8", errors="replace")
    first, second = (Page("http://www.example.gov.cn/x", body) for _ in range(2))
    assert read_letter(first) == read_letter(second)
    assert read_letters(first) == read_letters(second)
    assert isinstance(read_letters(first), LetterList)


HOSTILE = {
    "deep": "<div>" * 3000 + "来信时间：2020-01-01",
    "heads": "<table>" + "<tr><td>编号</td><td>标题</td><td>来信时间</td></tr>" * 3000,
    "items": "<ul>" + "<li><a href=x>标题标题标题</a><b>2020-01-01</b><em>已办结</em></li>" * 3000,
    "breaks": "<p>" + "来信时间：2020-01-01<br>" * 6000,
    "names": "<ul><li>编号</li><li>标题</li><li>状态</li></ul>" * 2000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_malice_costs_no_more_than_its_size(kind):
    page = html(HOSTILE[kind])
    assert page.tree is not None
    start = time.process_time()
    read_letters(page)
    read_letter(page)
    assert time.process_time() - start < 10
