"""What a bulletin says, and what it says only where it was earned; its ranks, its heads, what the working copy keeps."""

from datetime import date
from pathlib import Path

import docx
import pytest
from sqlalchemy import Engine

from monitor.bulletin.annex_blocks import ranked
from monitor.bulletin.compose import Bulletin, Edits
from monitor.bulletin.drafting import compose, print_bulletin
from monitor.bulletin.naming import NamingEdit, named
from monitor.bulletin.template_words import words_of
from monitor.bulletin.word_paper import fill_template, prose_of, write_word
from monitor.bulletin.word_template import TEMPLATE
from monitor.bulletin.working_copy import working_parts
from rules.dates.periods import parse_period, period_before
from tests.bulletin_made import DAY, Q2, demo_bulletin, demo_engine, demo_site, remember, site_of
from tests.conftest import context

MAY, MARCH = date(2023, 5, 2), date(2023, 3, 2)
UNITS = [("a", "甲街道办事处"), ("b", "乙街道办事处"), ("c", "丙街道办事处"), ("d", "丁街道办事处")]


def bulletin_of(
    engine: Engine,
    counts: dict[str, list[date]],
    more: str = "",
    name: str = "某市某县人民政府",
) -> Bulletin:
    """Four streets with two columns each, /a/1/ to /d/2/; a street that `counts` does not name has one column, elsewhere."""
    units = ", ".join(f'{{id = "{key}", name = "{label}", kind = "街道"}}' for key, label in UNITS)
    columns = []
    for key, _ in UNITS:
        here = [f"/{key}/{n}/" for n in (1, 2)]
        columns += (
            [f'{{units = ["{key}"], path = ["救灾领域", "栏目{url[3]}"], url = "{url}"}}' for url in here]
            if any(url in counts for url in here)
            else [f'{{units = ["{key}"], path = ["救灾领域", "外"], elsewhere = "见别处"}}']
        )
    site = site_of(
        f'name = "{name}"\nhome = "https://www.mou.example/"\nexpect = {{read = 0.1}}\n'
        f"units = [{units}]\ncolumns = [{', '.join(columns)}]\n{more}"
    )
    remember(engine, site, counts)
    return compose(engine, context(site, DAY), Q2)


def totals(*numbers: int) -> dict[str, list[date]]:
    """So many postings of each street, half of them in either column, none before the quarter."""
    return {
        f"/{key}/{n}/": [MAY] * (number // 2 + (n == 1 and number % 2))
        for (key, _), number in zip(UNITS, numbers, strict=False)
        for n in (1, 2)
    }


def test_equal_totals_share_a_rank(engine: Engine) -> None:
    bulletin = bulletin_of(engine, totals(4, 9, 4, 2))
    assert [block.rank for block in bulletin.annex1] == [1, 2, 2, 4]
    assert [block.rank for block in ranked(bulletin.annex1, consecutive=True)] == [1, 2, 3, 4]


def test_who_has_external_columns_only_is_not_the_last(engine: Engine) -> None:
    bulletin = bulletin_of(engine, totals(4, 9, 4))
    assert [(block.unit[0], block.place) for block in bulletin.annex1] == [
        ("乙", 1),
        ("甲", 2),
        ("丙", 2),
        ("丁", "—"),
    ]


def test_zero_is_said_as_zero_and_a_units_columns_are_joined(engine: Engine) -> None:
    bulletin = bulletin_of(engine, totals(8, 8, 1) | {"/d/1/": [], "/d/2/": []})
    words = words_of(bulletin)
    assert (words["较少街道乡镇"], words["无信息街道乡镇"]) == ("丙街道办事处", "丁街道办事处")
    assert words["点名街道乡镇空白"] == "丙街道办事处救灾领域“栏目2”第二季度未发布信息"
    assert words["点名依据"] == "街道、乡镇中位数4.5条、平均每个栏目2.2条"


def prose(bulletin: Bulletin) -> str:
    return "".join(each.text for each in prose_of(fill_template(bulletin, TEMPLATE)))


BOX = '[[mailboxes]]\nname = "县长信箱"\nurl = "/x/"\n'


@pytest.mark.parametrize("more", ["", BOX])
def test_mailboxes_are_spoken_of_where_there_are_some(engine: Engine, more: str) -> None:
    said = prose(bulletin_of(engine, totals(8, 8, 1, 1), more))
    assert ("提高留言办理质量" in said) == bool(more)
    assert ("“县长信箱”平台未收到网民留言。" in said) == bool(more)
    assert "未发现超过期限" not in said


def test_steady_only_where_all_was_read_and_no_veto_is_hit(engine: Engine, tmp_path: Path) -> None:
    assert "运行平稳、有序" in prose(bulletin_of(engine, totals(8, 8, 3, 3)))
    hit = demo_bulletin(demo_engine(tmp_path))  # six columns hold nothing at all
    assert [veto.id for veto in hit.vetoes if veto.hit] == ["site.empty_columns"]
    assert "平稳" not in prose(hit)
    rows = next(part.rows for part in working_parts(hit) if part.title == "单项否决")
    assert ("空白栏目较多", "触及") in [(row[0], row[3]) for row in rows]


PLACES = {
    "某市某区人民政府": ("全区政务公开", "某市某区人民政府办公室"),
    "某县政府": ("全县政务公开", "某县政府办公室"),
    "某经济技术开发区管理委员会": ("全区政务公开", "某经济技术开发区管理委员会办公室"),
    "某旗人民政府门户网站": ("全旗政务公开", "某旗人民政府门户网站"),
    "中国·某某": ("全辖区政务公开", "中国·某某"),
}


@pytest.mark.parametrize("name", PLACES)
def test_place_issuer_and_number_are_never_missing(engine: Engine, name: str) -> None:
    said = prose(bulletin_of(engine, totals(4, 9, 4, 2), name=name))
    place, issuer = PLACES[name]
    assert place in said
    assert said.startswith(f"{issuer}（2023年第2期）")


PAPERS = """
[papers]
head = "某县政务公开工作通报"
issue = "〔{年}〕{期}号"
to = "各街道办事处"
copies = "市政府办公室"
"""


def test_the_offices_own_head_number_and_addressees(engine: Engine, tmp_path: Path) -> None:
    bulletin = bulletin_of(engine, totals(4, 9, 4, 2), PAPERS)
    said = prose(bulletin)
    assert said.startswith("某县政务公开工作通报〔2023〕2号某市某县人民政府办公室\t2023年7月3日")
    assert "各街道办事处：" in said
    filled = fill_template(bulletin, TEMPLATE)
    write_word(bulletin, filled, tmp_path / "paper.docx")
    last = [paragraph.text for paragraph in docx.Document(str(tmp_path / "paper.docx")).paragraphs][-2:]
    assert last == ["抄送：市政府办公室。", "某市某县人民政府办公室　2023年7月3日印发"]


def test_the_quarter_before_stands_in_the_working_copy(engine: Engine) -> None:
    counts = totals(4, 9, 4, 2)
    counts["/a/1/"] = [*counts["/a/1/"], MARCH, MARCH, MARCH]
    rows = next(p.rows for p in working_parts(bulletin_of(engine, counts)) if p.title.startswith("环比"))
    assert ("甲街道办事处", "3", "4", "增加 1") in rows
    assert ("乙街道办事处", "0", "9", "增加 9") in rows
    assert rows[-1][1:] == ("3", "19", "增加 16")


@pytest.mark.parametrize(
    ("period", "before"),
    [("2023Q1", "2022Q4"), ("2023-01", "2022-12"), ("2023-03", "2023-02"), ("2023", "2022")],
)
def test_the_period_before(period: str, before: str) -> None:
    assert period_before(parse_period(period)) == parse_period(before)


def test_what_the_editor_said_is_kept_with_the_published_bulletin(tmp_path: Path) -> None:
    engine, site = demo_engine(tmp_path), demo_site()
    skip = Edits(skips=(NamingEdit("红旗路街道办事处", "正在整改"),))
    print_bulletin(engine, context(site, DAY), Q2, tmp_path / "out", skip, publish=True)
    again = demo_bulletin(engine)
    assert "红旗路街道办事处" not in [verdict.unit.name for verdict in named(again.naming.local)]
    assert ("红旗路街道办事处", "删去", "正在整改") in [
        row for part in working_parts(again) for row in part.rows
    ]
    assert again.corrections == ()
    anew = demo_bulletin(engine, Edits(names=(NamingEdit("hongqilu", "整改没有完成"),)))
    assert "红旗路街道办事处" in [verdict.unit.name for verdict in named(anew.naming.local)]
    assert anew.corrections == ("点名的单位增加红旗路街道办事处。",)
