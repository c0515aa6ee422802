"""Personal numbers in a text: found by their own proofs, and let out masked only."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.scanners.masking import masked
from rules.scanners.privacy import HitKind, is_card_number, is_id_number, mask, scan

# Made up: the number of the standard's own example, cards with Luhn's digit put on, and mobiles nobody needs to have.
ID = "11010519491231002X"
MOBILE = "13900001234"
DIGITS = re.compile(r"\d{11,}")


def _luhn(stem: str) -> str:
    digits = [int(c) for c in reversed(stem)]
    total = sum(d if n % 2 else sum(divmod(d * 2, 10)) for n, d in enumerate(digits))
    return stem + str(-total % 10)


def _id(stem: str) -> str:
    total = sum(int(d) * 2 ** (17 - n) for n, d in enumerate(stem))
    return stem + "10X98765432"[total % 11]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"张三，{ID}，某村", [(HitKind.ID, "1101**********002X")]),
        (f"身份证号:{ID.lower()}", [(HitKind.ID, "1101**********002X")]),
        ("110105 19491231 002X", [(HitKind.ID, "1101**********002X")]),
        ("１１０１０５１９４９１２３１００２Ｘ", [(HitKind.ID, "1101**********002X")]),
        (f"1\t{ID}\t6222020000000001230", [(HitKind.ID, "1101**********002X"), (HitKind.CARD, "622202*********1230")]),
        (f"联系电话：{MOBILE}。", [(HitKind.MOBILE, "139****1234")]),
        ("电话 139-0000-1234", [(HitKind.MOBILE, "139****1234")]),
        ("+86 13900001234", [(HitKind.MOBILE, "139****1234")]),
        ("8613900001234", [(HitKind.MOBILE, "139****1234")]),
        (f"两个：{MOBILE}、{MOBILE}", [(HitKind.MOBILE, "139****1234")] * 2),
    ],
)  # fmt: skip
def test_found(text: str, found: list[tuple[HitKind, str]]) -> None:
    assert [(hit.kind, hit.masked) for hit in scan(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # a wrong check digit
        _id("11010519491331002"),  # a month that is none
        _id("99010519491231002"),  # a province that is none
        _id("11010518191231002"),  # nobody alive
        "1101**********002X",
        "110105491231002",  # fifteen digits prove nothing
        f"9{ID}",
        f"{ID}3",
        "91410500MA3X4Y5Z6A",  # 统一社会信用代码
        "0372-3386000",
        f"2{MOBILE}",
        f"{MOBILE}5",
        "0.13900001234",
        "13900001234.56",
        "t20230613_13900001234.html",
        "12345678901",
        "6222020000000001231",  # Luhn fails
        "0000000000000000",
        "豫财预〔2023〕11号",
        "",
    ],
)
def test_not_found(text: str) -> None:
    assert scan(text) == []


def test_a_card_in_groups_of_four() -> None:
    number = _luhn("622848001234567")
    spaced = " ".join(number[n : n + 4] for n in range(0, 16, 4))
    assert [hit.kind for hit in scan(f"账号 {spaced}")] == [HitKind.CARD]
    assert scan(f"账号 {spaced}")[0].masked == f"622848******{number[-4:]}"


def test_a_mistyped_id_number_is_not_taken_for_a_card() -> None:
    # Numbers of Gansu begin with 62 as UnionPay's cards do, and one in ten passes Luhn.
    for last in range(10):
        number = f"62010119600101123{last}"
        assert [h.kind for h in scan(number)] in ([], [HitKind.ID])


def test_an_offices_own_line_is_not_personal() -> None:
    assert scan(f"办公电话 {MOBILE}", offices={MOBILE}) == []
    assert scan("办公电话 139 0000 1234", offices={MOBILE}) == []


def test_places_and_offsets_lead_back_to_the_number() -> None:
    text = f"序号 1，张三 {ID} 电话 {MOBILE}"
    hits = scan(text, place="名单.xlsx")
    assert [text[hit.start : hit.end] for hit in hits] == [ID, MOBILE]
    assert {hit.place for hit in hits} == {"名单.xlsx"}


def test_masks_may_be_the_offices_own() -> None:
    (hit,) = scan(ID, masks={HitKind.ID: (2, 3), HitKind.CARD: (6, 4), HitKind.MOBILE: (3, 4)})
    assert hit.masked == "11*************02X"
    assert mask(MOBILE, 3, 0) == "139********"
    assert mask(MOBILE, 6, 6) == "13*******34"


def test_a_text_may_be_quoted_once_masked() -> None:
    assert masked(f"请联系{MOBILE}（张三，{ID}）") == "请联系139****1234（张三，1101**********002X）"
    assert masked("请联系 0372-3386000") == "请联系 0372-3386000"


@given(
    st.integers(1900, 2023),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 999),
    st.sampled_from("123456"),
)
def test_every_valid_number_is_found_and_no_neighbour(
    year: int, month: int, day: int, serial: int, region: str
) -> None:
    number = _id(f"{region}10101{year:04}{month:02}{day:02}{serial:03}")
    assert is_id_number(number)
    assert [hit.kind for hit in scan(f"号码{number}。")] == [HitKind.ID]
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert not is_id_number(wrong)


@given(st.text(alphabet="0123456789Xx 　-+.０１２abc汉，\n", max_size=200))
@settings(max_examples=300)
def test_nothing_that_was_found_is_left_in_the_text(text: str) -> None:
    hits = scan(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all("****" in hit.masked and not DIGITS.search(hit.masked) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))
    assert scan(masked(text)) == []


@given(st.text(max_size=40))
def test_wild_text_is_no_number(text: str) -> None:
    assert is_id_number(text) in (True, False)
    assert is_card_number(text) in (True, False)


def test_a_long_run_of_digits_is_read_in_a_moment() -> None:
    assert scan("1" * 200_000 + " " + "62 " * 50_000) == []
