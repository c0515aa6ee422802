"""Checking tables nobody foresaw: it never fails, never takes long, and never accuses what adds up."""

import time
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.scores.printed.paper import Grid, GridRow, Paper, Paragraph
from monitor.scores.printed.recheck import recheck

HEADS = [
    "单位",
    "名称",
    "序号",
    "排名",
    "得分",
    "总分",
    "合计",
    "扣分",
    "条数",
    "1月得分",
    "备注",
    "类别",
    "公开（20）",
    "",
]
WORDS = [
    "民政局",
    "教育局",
    "水利局",
    "合计",
    "小计",
    "平均分",
    "—",
    "",
    "（一）部门",
    "注：无",
    "并列",
    "=A1+1",
    "第3名",
]
NUMBERS = [str(n) for n in range(12)] + ["2.5", "-1", "100", "92.5", "1,198", "50%"]
PROSE = [
    "民政局、教育局表现较好",
    "表现较差的有：水利局",
    "全年",
    "第一季度",
    "发布 12 条",
    "。",
    "，",
    "信息发布较少",
    "《全年方案》",
]

cell = st.sampled_from(HEADS + WORDS + NUMBERS)
line = st.lists(cell, max_size=7)
grids = st.lists(st.lists(line, max_size=9), max_size=3)
proses = st.lists(st.lists(st.sampled_from(PROSE), max_size=8).map("".join), max_size=4)


def paper(tables: list[list[list[str]]], prose: list[str] = []) -> Paper:  # noqa: B006
    made = [
        Grid(f"表{n}", tuple(GridRow(m, tuple(row)) for m, row in enumerate(rows, start=1)))
        for n, rows in enumerate(tables, start=1)
    ]
    return Paper(tuple(Paragraph(n, text) for n, text in enumerate(prose, start=1)), tuple(made))


@given(grids, proses)
@settings(max_examples=100, deadline=None)
def test_any_table_is_checked_without_failing(tables: list[list[list[str]]], prose: list[str]) -> None:
    checked = recheck(paper(tables, prose))
    assert all(discrepancy.sentence.endswith(("。", "”")) for discrepancy in checked.discrepancies)
    assert all(table.equal <= table.rows for table in checked.tables)


@st.composite
def adding_up(draw: st.DrawFn) -> tuple[list[list[str]], int]:
    """A table that adds up, ranked by its total; and how many parts it has."""
    parts = draw(st.integers(2, 5))
    halves = st.integers(1, 200).map(lambda n: Decimal(n) / 2)
    rows = draw(st.lists(st.lists(halves, min_size=parts, max_size=parts), min_size=4, max_size=20))
    rows.sort(key=sum, reverse=True)
    totals = [sum(row) for row in rows]
    body = [
        [str(1 + sum(t > total for t in totals)), f"{n}号局", *map(str, row), str(total)]
        for n, (row, total) in enumerate(zip(rows, totals, strict=True), start=1)
    ]
    return [["排名", "单位", *(f"第{n}项得分" for n in range(parts)), "总分"], *body], parts


@given(adding_up())
@settings(deadline=None)
def test_a_table_that_adds_up_is_never_accused(made: tuple[list[list[str]], int]) -> None:
    checked = recheck(paper([made[0]]))
    assert checked.discrepancies == ()
    assert checked.tables[0].equal == len(made[0]) - 1


@given(adding_up(), st.data())
@settings(deadline=None)
def test_a_changed_number_is_found_where_it_stands(
    made: tuple[list[list[str]], int], data: st.DataObject
) -> None:
    rows = [list(row) for row in made[0]]
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(2, made[1] + 2))
    rows[row][column] = str(Decimal(rows[row][column]) + Decimal("0.5"))
    wrong = [
        discrepancy for discrepancy in recheck(paper([rows])).discrepancies if discrepancy.kind == "row.sum"
    ]
    assert [(discrepancy.unit, discrepancy.place.row, discrepancy.place.column) for discrepancy in wrong] == [
        (rows[row][1], row + 1, made[1] + 3)
    ]


def test_a_large_table_takes_little_time() -> None:
    heads = ["序号", "单位", *(f"第{n}项得分" for n in range(20)), "总分", "名次"]
    body = [[str(n), f"{n}号局", *(["1.5"] * 20), "30", "1"] for n in range(1, 3001)]
    started = time.process_time()
    checked = recheck(paper([[heads, *body]], ["1号局、2号局表现较好，" * 300]))
    assert checked.tables[0].equal == 3000
    assert time.process_time() - started < 20
