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


PLACES = {
    "cell": "<table><tr><td>来信时间</td><td>2022-01-01</td></tr><tr><td>来信内容</td><td>通道堆放杂物，请处理。</td></tr>"
    "<tr><td>回复内容</td><td>{}</td></tr></table>",
    "blocks": "<div><p>来信时间：2022-01-01</p><h4>来信内容</h4><div>通道堆放杂物，请处理。</div><h4>回复内容</h4><div>{}</div></div>",
    "paragraphs": "<div><p>来信时间：2022-01-01</p><p>来信内容：通道堆放杂物，请处理。</p><p>回复内容：</p>{}</div>",
}
GIVEN_OTHERWISE = {
    "picture": "<p>详见图片：</p><p><img src='hf.jpg'></p>",
    "picture in the text itself": "<p>您好：</p><p><img src='data:image/png;base64,iVBORw0KGgo='></p>",
    "file": "<p>答复如下</p><p><a href='/files/209.doc'>关于来信的答复.doc</a></p>",
    "film": "<p>请看：</p><p><video src='hf.mp4'></video></p>",
    "frame": "<p>您好：</p><p><iframe src='hf.html'></iframe></p>",
    "script": "<p>您好：</p><p id='hfnr'></p><script>load('hfnr')</script>",
    "said: annex": "<p>见附件</p>",
    "said: annex below": "<p>您好，您反映的问题答复详见附件。</p>",
    "said: telephone": "<p>已电话答复。</p>",
    "said: telephone, with a day": "<p>您好，已于1月3日通过电话向您答复。</p>",
    "said: in person": "<p>工作人员已当面答复来信人</p>",
    "private": "<p>应来信人要求，答复内容不予公开。</p>",
    "private, with a code": "<p>该信件仅来信人凭查询码可见</p>",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", GIVEN_OTHERWISE)
def test_an_answer_that_is_not_all_text_is_unread(kind, place):
    letter = read_letter(html("<h1>反映消防通道被占用</h1>" + PLACES[place].format(GIVEN_OTHERWISE[kind])))
    assert (letter.unread, letter.unanswered, letter.blank) == (True, False, False)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "said",
    ["已清理。", "请与社区电话联系。", "如您所述，图书馆已经开放。", f"{ANSWER}如有疑问请拨打电话3223344。"],
)
def test_an_answer_in_words_is_read(said, place):
    letter = read_letter(html("<h1>反映消防通道被占用</h1>" + PLACES[place].format(f"<p>{said}</p>")))
    assert (letter.answer, letter.unread) == (said, False)


ROW = "<tr><td><a href='{0}.html'>反映第{0}号路段积水</a></td><td>2022-01-0{0}</td><td>{1}</td><td>{2}</td></tr>"
HEAD = "<table><tr><th>标题</th><th>来信时间</th><th>办理状态</th><th>回复时间</th></tr>"
CLEAR = {
    "办理中": "unanswered",
    "已转办": "unanswered",
    "": "blank",
    "<img src='1.png' alt='待办理'>": "unanswered",
}
UNCLEAR = {
    "passed to another platform": ("转其他平台办理", ""),
    "passed to the hot line": ("转12345办理", ""),
    "asked again after the answer": ("网友追问处理中", ""),
    "a picture without a name for the state": ("<img src='2.png'>", ""),
    "a mark without a name for the state": ("<i class='state-3'></i>", ""),
    "a named picture of being closed": ("<img src='2.png' alt='已办结'>", ""),
    "a picture for the day": ("", "<img src='day.png'>"),
    "a word for the day": ("", "详见答复"),
    "closed without a day": ("已办结", ""),
    "private": ("不公开", ""),
    "not accepted": ("不予受理", ""),
}


def second_row(state: str, day: str) -> LetterEntry:
    others = ROW.format(1, "已办结", "2022-01-07"), ROW.format(3, "已办结", "2022-01-09")
    page = html(HEAD + others[0] + ROW.format(2, state, day) + others[1] + "</table>")
    return read_letters(page).entries[1]


@pytest.mark.parametrize("state", CLEAR)
def test_what_a_list_shows_unanswered(state):
    row = second_row(state, "")
    assert [row.unanswered, row.blank] == [CLEAR[state] == "unanswered", CLEAR[state] == "blank"]


@pytest.mark.parametrize("kind", UNCLEAR)
def test_a_state_that_is_not_understood_is_no_lack_of_an_answer(kind):
    row = second_row(*UNCLEAR[kind])
    assert (row.unanswered, row.blank) == (False, False)


def test_where_other_cards_bear_a_stamp_one_without_is_not_understood():
    card = "<li><a href='{0}.html'>反映第{0}号路段积水</a><em>{1}</em><p>来信时间：2022-01-0{0}</p><p>回复时间：{2}</p></li>"
    cards = [
        card.format(1, "已办结", "2022-01-07"),
        card.format(2, "转市热线", ""),
        card.format(3, "已办结", "2022-01-09"),
    ]
    row = read_letters(html(f"<ul>{''.join(cards)}</ul>")).entries[1]
    assert (row.subject, row.unanswered, row.blank) == ("反映第2号路段积水", False, False)


def test_a_letter_whose_state_is_not_understood_is_a_letter_among_the_others():
    row = "<li><a href='{0}.html'>反映第{0}号路段积水</a><em>[{1}]</em><span>2022-01-0{0}</span></li>"
    states = ["已回复", "转其他平台办理", "已回复", "已回复"]
    rows = "".join(row.format(n, state) for n, state in enumerate(states, 1))
    letters = read_letters(html(f"<ul>{rows}</ul>")).entries
    assert [(one.status, one.unanswered) for one in letters] == [
        ("已回复", False), (None, False), ("已回复", False), ("已回复", False),
    ]  # fmt: skip


def test_a_letter_without_a_subject_is_a_letter():
    row = "<tr><td>X{0}</td><td>{1}</td><td>2022-01-0{0}</td><td>已办结</td></tr>"
    rows = row.format(1, "咨询学区划分") + row.format(2, "") + row.format(3, "咨询临时救助")
    page = html(f"<table><tr><th>编号</th><th>标题</th><th>来信时间</th><th>状态</th></tr>{rows}</table>")
    assert [(row.number, row.subject) for row in read_letters(page).entries][1] == ("X2", "（无标题）")


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ("共收到来信120封，已回复118封", 120),
        ("本信箱累计收到群众留言 1200 件", 1200),
        ("我收到信件3封", None),
        ("共2条", 2),
    ],
)
def test_a_mailbox_states_how_many_letters_it_received(said, total):
    rows = "".join(ROW.format(n, "已办结", f"2022-01-0{n + 4}") for n in (1, 2))
    assert read_letters(html(f"{HEAD}{rows}</table><div class='page'>{said}</div>")).stated_total == total


@pytest.mark.parametrize(
    ("foot", "next_page"), [("<a href='index_2.html'>下一页</a>", "index_2.html"), ("共2页", "")]
)
def test_a_table_of_letters_without_links_has_its_pager(foot, next_page):
    row = "<tr><td>{0}</td><td>反映第{0}号路段积水</td><td>2022-01-{0}</td><td>2022-01-{1}</td><td>已办结</td></tr>"
    rows = "".join(row.format(n, n + 3) for n in range(10, 20))
    head = "<tr><th>编号</th><th>标题</th><th>来信时间</th><th>回复时间</th><th>状态</th></tr>"
    letters = read_letters(html(f"<table>{head}{rows}</table><div class='page'>第2页 {foot}</div>"))
    turn = letters.next_page.url if letters.next_page else ""
    assert (len(letters.entries), turn.rpartition("/")[2], letters.ended) == (10, next_page, not next_page)


def test_the_answer_to_a_second_question_is_not_the_letters():
    said = ["2022-01-01 提交", "2022-01-02 受理", "2022-01-05 答复", "2022-01-20 追问", "2022-01-28 答复"]
    steps = "".join(f"<li>{one}</li>" for one in said)
    letter = read_letter(html(f"<h1>反映消防通道被占用</h1><p>来信内容：通道堆放杂物。</p><ul>{steps}</ul>"))
    assert (letter.received, letter.answered) == ("2022-01-01", "2022-01-05")


LETTER_WITHOUT_ANSWER = {
    "nothing": ("<p>通道堆放杂物，请处理。</p>", True),
    "a second block without a title": (f"<div>通道堆放杂物，请处理。</div><div>{ANSWER}</div>", False),
    "a frame": ("<p>通道堆放杂物，请处理。</p><iframe src='hf.html'></iframe>", False),
    "a picture": ("<p>通道堆放杂物，请处理。</p><p><img src='hf.png'></p>", False),
    "a hidden block": (f"<p>通道堆放杂物，请处理。</p><div style='display:none'>{ANSWER}</div>", False),
}


@pytest.mark.parametrize("kind", LETTER_WITHOUT_ANSWER)
def test_a_page_without_a_place_for_an_answer(kind):
    body, bare = LETTER_WITHOUT_ANSWER[kind]
    page = html(f"<div><h1>反映消防通道被占用</h1><p>来信时间：2022-01-01</p><h4>来信内容</h4>{body}</div>")
    assert read_letter(page).bare is bare


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
    "deep": "<div>" * 1900 + "来信时间：2020-01-01",
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
