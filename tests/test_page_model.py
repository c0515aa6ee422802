"""The page model: one stream, why a part is hidden, and which view leaves what out."""

import pytest

from crawler.discovery.outline import Outline
from crawler.page.lines import read_lines
from crawler.page.model import CLOSE, OPEN, TEXT
from crawler.page.page import Page
from crawler.page.tokens import all_tokens, shown_tokens
from crawler.page.visible_text import visible_text

WORD = "备灾管理"


def page(inside: str) -> Page:
    return Page(
        "https://www.mou.gov.cn/tzgg/", f"<html><body><p>首页</p>{inside}<p>尾页</p></body></html>".encode()
    )


def test_the_stream_says_everything_in_the_order_of_reading() -> None:
    model = page("<ul><li>甲<b>乙</b>丙<!-- 丁 -->戊</li></ul>").model
    said = [f"<{node.tag}>" if kind == OPEN else f"</{node.tag}>" if kind == CLOSE else text
            for kind, node, text in model.events]  # fmt: skip
    assert "".join(said) == (
        "<html><body><p>首页</p><ul><li>甲<b>乙</b>丙戊</li></ul><p>尾页</p></body></html>"
    )
    for node in model.nodes:
        assert model.events[node.opened] == (OPEN, node, "")
        assert model.events[node.closed] == (CLOSE, node, "")
    held = {text: node.tag for kind, node, text in model.events if kind == TEXT}
    assert held["丙"] == "li"


@pytest.mark.parametrize(
    ("tag", "hidden"),
    [
        ("<div>", False),
        ("<div style='DISPLAY : none'>", True),
        ("<div style='visibility:hidden'>", True),
        ("<div hidden>", True),
        ("<div class='box d-none'>", True),
        ("<div class='none box'>", True),
        ("<div class='none'>", False),  # templates call "nothing" so what they print where a list is empty
        ("<div v-if='rows.length == 0'>", True),
    ],
)
def test_a_part_is_hidden(tag: str, hidden: bool) -> None:
    model = page(f"{tag}{WORD}</div>").model
    assert next(node for node in model.nodes if node.tag == "div").hidden is hidden


@pytest.mark.parametrize(
    ("markup", "views"),
    [
        (f"<div>{WORD}</div>", "shown all lines visible outline"),
        (f"<div style='display:none'>{WORD}</div>", "all hidden-lines outline"),
        (f"<div class='hide'>{WORD}</div>", "shown all lines outline"),
        (f"<div v-show='none'>{WORD}</div>", "shown all lines outline"),
        (f"<button>{WORD}</button>", "lines visible outline"),
        (f"<select><option>{WORD}</option></select>", ""),
        (f"<textarea>{WORD}</textarea>", ""),
        (f"<script>var a = '{WORD}'</script>", ""),
        (f"<noscript>{WORD}</noscript>", ""),
        (f"<svg><text>{WORD}</text></svg>", ""),
    ],
)
def test_which_views_leave_a_hidden_part_out(markup: str, views: str) -> None:
    made = page(markup)
    model, lines = made.model, [line for line in read_lines(made) if WORD in line.text]
    outline = Outline(model)
    seen = {
        "shown": any(WORD in token.text for token in shown_tokens(model).tokens),
        "all": any(WORD in token.text for token in all_tokens(model).tokens),
        "lines": any(not line.hidden for line in lines),
        "hidden-lines": any(line.hidden for line in lines),
        "visible": WORD in visible_text(made).plain,
        "outline": any(outline[element].text == WORD for element in outline.elements),
    }
    assert {view for view, there in seen.items() if there} == set(views.split())


def test_a_page_is_walked_once_and_every_view_made_once() -> None:
    made = page(f"<p>{WORD}</p>")
    assert made.model is made.model
    assert made.model.view(shown_tokens) is made.model.view(shown_tokens)
    assert read_lines(made) is read_lines(made)
