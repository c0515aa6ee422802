"""Similarity of texts by signature alone, and padding counted from it."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.cases import PaddingCase, PostingCase
from rules.cases.posting_groups import padding_cases
from rules.dates.periods import parse_period
from rules.dates.workdays import OFFICIAL
from rules.scanners.similarity import groups, plain, signature, similarity

Q2 = parse_period("2023Q2")
NOTICE = (
    "各村（社区）、各单位：根据气象部门预报，未来三天我街道将有大到暴雨，局地伴有雷电、短时强降水等强对流天气。"
    "请各单位立即组织人员对辖区内低洼院落、在建工地、危旧房屋、地下空间等重点部位开展拉网式排查，发现隐患及时处置，"
    "严格落实二十四小时值班和领导带班制度，遇有险情第一时间报告，确保人民群众生命财产安全。"
)
OTHER = (
    "为进一步做好困难群众基本生活保障工作，现将本年度第二季度临时救助资金发放情况予以公示，公示期为七个工作日。"
    "公示期间如有异议，请以书面或者口头形式向街道社会事务办公室反映，逾期不予受理。本次共救助困难家庭三十二户。"
)


def _signature(text: str) -> bytes:
    found = signature(text)
    assert found is not None
    return found


def test_a_signature_stays_the_same_for_ever() -> None:
    # Signatures are kept in databases: these bytes must not change with a library.
    assert len(_signature(NOTICE)) == 256
    assert _signature(NOTICE)[:8].hex() == "4d3fc303075cff00"
    assert _signature(NOTICE) == _signature("  " + NOTICE.replace("，", ", ") + "\n")


def test_edited_reposted_and_other_texts() -> None:
    edited = NOTICE.replace("三天", "两天").replace("街道", "镇")
    reposted = "关于做好强降雨防范工作的通知\n" + NOTICE + "\n区应急管理局"
    assert similarity(_signature(NOTICE), _signature(edited)) >= 0.8
    assert similarity(_signature(NOTICE), _signature(reposted)) >= 0.8
    assert similarity(_signature(NOTICE), _signature(OTHER)) < 0.2


def test_a_text_too_short_tells_nothing() -> None:
    assert signature("详见附件。") is None
    assert signature("") is None
    assert plain("（一） 甲,乙") == "一甲乙"


def test_groups_name_their_first() -> None:
    edited = NOTICE.replace("三天", "两天")
    texts = [OTHER, NOTICE, "短", edited, "短", OTHER + "特此公示。"]
    assert groups([signature(text) for text in texts]) == [0, 1, 2, 1, 4, 0]
    assert groups([]) == []


def test_a_chain_of_small_changes_is_not_one_text() -> None:
    rng = random.Random(7)
    words = ["".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(40)) for _ in range(40)]
    chain = ["".join(words[n : n + 20]) for n in range(20)]
    heads = groups([signature(text) for text in chain])
    assert heads[0] == heads[1] == 0
    assert heads[19] != heads[0]


@given(st.permutations([NOTICE, NOTICE + "抄送：区委办。", OTHER, "甲" * 30]))
def test_groups_do_not_hang_on_the_order(texts: list[str]) -> None:
    heads = groups([signature(text) for text in texts])
    same = dict(zip(texts, heads, strict=True))
    assert same[NOTICE] == same[NOTICE + "抄送：区委办。"]
    assert len(set(heads)) == 3
    assert all(head <= index for index, head in enumerate(heads))


def _posting(unit: str, column: str, title: str, text: int | None, **known: bool) -> PostingCase:
    units = (unit,) if unit else ()
    return PostingCase("", units, unit, (column,), title, date(2023, 7, 3), OFFICIAL, text=text, **known)


def _items(unit: str, columns: list[str], text: int | None, repost: bool = False) -> list[PostingCase]:
    return [_posting(unit, column, f"通知{text}", text, repost=repost) for column in columns]


def _padded(items: list[PostingCase]) -> dict[str, PaddingCase]:
    return {case.subject: case for case in padding_cases(items, Q2, date(2023, 7, 3))}


def test_one_notice_in_nine_columns() -> None:
    cases = _padded(_items("民政局", list("一二三四五六七八九"), 1) + _items("民政局", ["一"], 2))
    case = cases["民政局"]
    assert (case.raw, case.distinct, case.own, case.copies) == (10, 2, 2, 9)
    assert case.copied_title == "通知1"
    assert case.copied_columns[0] == "民政局“一”"
    assert list(cases) == ["民政局"]


def test_what_was_not_read_is_like_nothing_and_the_units_own() -> None:
    case = _padded(_items("民政局", ["一", "二", "三"], None))["民政局"]
    assert (case.raw, case.distinct, case.own, case.compared, case.copies) == (3, 3, 3, 0, 1)


def test_reposts_are_taken_from_the_units_own() -> None:
    items = _items("民政局", ["一", "二"], 1, repost=True) + _items("民政局", ["一"], 2)
    case = _padded(items)["民政局"]
    assert (case.raw, case.distinct, case.own) == (3, 2, 1)


def test_one_notice_of_four_units_counts_each_once() -> None:
    items = [item for unit in "甲乙丙丁" for item in _items(unit, ["一", "二"], 5)]
    cases = _padded(items)
    assert [cases[unit].copies for unit in "甲乙丙丁"] == [2, 2, 2, 2]
    together = cases["同文 通知5"]
    assert (together.raw, together.distinct, together.copies) == (4, 1, 4)
    assert together.units == ("甲", "乙", "丙", "丁")


def test_postings_that_nobody_could_be_named_for_are_left_out() -> None:
    assert padding_cases([_posting("", "通知公告", "通知", 1)], Q2, date(2023, 7, 3)) == []


@pytest.mark.parametrize("many", [20_000])
def test_many_copies_of_one_text_are_one_group(many: int) -> None:
    rng = random.Random(3)
    signatures = [rng.randbytes(256) for _ in range(many)] + [_signature(NOTICE)] * many
    heads = groups(signatures)
    assert heads[:many] == list(range(many))
    assert set(heads[many:]) == {many}


def test_a_list_that_units_share_is_one_column() -> None:
    shared = [_posting(unit, "通知公告", "通知", 1, shared=True) for unit in ("甲局", "乙局", "丙局")]
    own = _posting("甲局", "工作动态", "通知", 1)
    [together] = [
        case for case in padding_cases([*shared, own], Q2, date(2023, 7, 3)) if "同文" in case.subject
    ]
    assert (together.raw, together.copies, together.copied_columns) == (3, 1, ("“通知公告”",))
    [mine] = [case for case in padding_cases([*shared, own], Q2, date(2023, 7, 3)) if case.subject == "甲局"]
    assert mine.copied_columns == ("“通知公告”", "甲局“工作动态”")
