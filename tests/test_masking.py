"""Masking: every spelling of the table is hidden, every look-alike stays, whatever stands around them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.scanners.masked_addresses import is_masked
from rules.scanners.masking import EVERYTHING, FurtherKind, Masking, masked, masked_address
from rules.scanners.privacy import scan
from rules.scanners.spelled_numbers import printed

TABLE = tomllib.loads((Path(__file__).parent / "private_data" / "spellings.toml").read_text(encoding="utf-8"))
HIDDEN = [pytest.param(one, id=one["how"]) for one in TABLE["hidden"]]
KEPT = [pytest.param(one["text"], id=one["how"]) for one in TABLE["kept"]]
AROUND = [
    ("", ""),
    ("关于", "的答复"),
    ("（", "）"),
    ("，", "。"),
    ("2023年6月15日", "元旦"),
    ("<b>", "</b>"),
]


def test_the_table_is_long_enough() -> None:
    assert len(HIDDEN) >= 60
    assert len(KEPT) >= 30
    assert len({one["text"] for part in TABLE.values() for one in part}) == len(HIDDEN) + len(KEPT)


@pytest.mark.parametrize("one", HIDDEN)
def test_hidden(one: dict[str, Any]) -> None:
    for before, after in AROUND if "://" not in one["text"] else AROUND[:1]:
        text = f"{before}{one['text']}{after}"
        said = masked(text)
        assert "****" in said
        assert one["text"] not in said
        assert masked(said) == said


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert masked(text) == text
    assert masked(f"见：{text}。") == f"见：{text}。"


@pytest.mark.parametrize("one", [p for p in HIDDEN if p.values[0]["text"].startswith("http")])  # type: ignore[index]
def test_a_masked_address_is_known_as_such(one: dict[str, Any]) -> None:
    said = masked_address(one["text"])
    assert is_masked(said)
    assert said.startswith(("https://www.example.gov.cn", "https://138****5678"))
    assert masked_address(said) == said


@pytest.mark.parametrize("text", KEPT)
def test_an_address_that_holds_nothing_stays_to_the_character(text: str) -> None:
    address = f"https://www.example.gov.cn/a%20b/?x={text}" if "://" not in text else text
    assert not is_masked(masked_address(address)) or "138****" in text or "1101**" in text


def test_an_offices_own_line_and_further_kinds() -> None:
    text = "电话0372-3386000，手机13812345678，护照E12345678，豫E12345"
    assert masked(text) == "电话0372-3386000，手机138****5678，护照E12345678，豫E12345"
    assert masked(text, Masking(offices=frozenset({"13812345678"}))) == text
    assert masked("138 1234 5678", Masking(offices=frozenset({"13812345678"}))) == "138 1234 5678"
    also = masked(text, Masking(also=frozenset(FurtherKind)))
    assert "3386000" not in also
    assert "E1234" not in also
    assert masked("2023年第0372期", EVERYTHING) == "2023年第0372期"


FURTHER = {
    "3725112233": ["+86-372-5112233", "0086 372 5112233", "０３７２－５１１２２３３", "零三七二-五一一二二三三",
                   "(0372) 511-2233", "（０３７２）５１１２２３３"],
    "12345678": ["E 1234 5678", "Ｅ１２３４５６７８", "e1234\u200b5678", "E１２３４ ５６７８", "E一二三四五六七八"],
    "E12345": ["豫 E 12345", "豫Ｅ１２３４５", "豫E·1\u200b2345", "豫\u3164E12345", "豫Ｅ－１２３４５", "豫E一二三四五"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("number", "text"), [(number, text) for number, some in FURTHER.items() for text in some]
)
def test_further_kinds_however_they_are_spelled(number: str, text: str) -> None:
    shown = masked(f"联系{text}办理", EVERYTHING)
    assert shown.startswith("联系") and shown.endswith("办理") and "**" in shown
    assert number not in "".join(c for c in printed(shown, chinese=True)[0] if c.isalnum() or c == "*")
    assert masked(f"联系{text}办理") == f"联系{text}办理"


@given(st.text(alphabet="0123456789Xx 　-+.*０一三八元/?=&#:abc汉，\n\u200b", max_size=80))
@settings(max_examples=200)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
    assert masked(once, EVERYTHING) == masked(text, EVERYTHING)
    assert masked_address(masked_address(text)) == masked_address(text)


@given(st.text(alphabet="0123456789Xx 　-+.０１２abc汉，\n", max_size=120))
@settings(max_examples=200)
def test_whatever_a_rule_would_accuse_is_masked(text: str) -> None:
    assert scan(masked(text)) == []


def test_long_runs_are_read_in_a_moment() -> None:
    for text in (
        "1" * 6_000,
        "13" * 3_000,
        "1 3 " * 2_000,
        "1-" * 3_000,
        "一三" * 2_000,
        "\u200b" * 6_000,
    ):
        masked(text)
        masked_address("https://x.cn/?q=" + text)


@pytest.mark.parametrize("text", ["C:\\New\\13800138000", "D:\\Tmp 13800138000", "\\R 13800138000"])
def test_a_backslash_before_a_capital_is_read_like_any_other(text: str) -> None:
    assert "138****8000" in masked(text)
