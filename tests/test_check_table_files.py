"""Tables in Word and Excel files: merged cells, stacked tables, formulas, and files that are not what they say."""

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from monitor.scores.printed.recheck import Recheck, recheck
from monitor.scores.printed_file import read_paper
from rules.errors import WrongInput

HEADS = ["单位名称", "公共服务得分", "信息公开得分", "1月得分", "1—2月总分"]
ROWS = [
    ["民政局", 4, 35.5, 70, 109.5],
    ["教育局", 4, 13, 50.5, 67.5],
    ["水利局", 4, 3.5, 20.5, 28],
    ["统计局", 4, 1, 20, 25],
]
STREETS = {
    "东街道办事处": (12, [("救灾领域", "备灾管理", 4), ("救灾领域", "灾后救助", 5), ("就业创业领域", "", 3)]),
    "西街道办事处": (9, [("救灾领域", "备灾管理", 5), ("救灾领域", "灾后救助", 1), ("就业创业领域", "", 3)]),
    "南街道办事处": (9, [("救灾领域", "备灾管理", 9), ("救灾领域", "灾后救助", 0), ("就业创业领域", "", 0)]),
}


def kinds(checked: Recheck) -> list[tuple[str, str]]:
    return [(discrepancy.kind.value, discrepancy.unit) for discrepancy in checked.discrepancies]


def save_sheet(path: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for area in merges:
        book.active.merge_cells(area)
    book.save(path)
    return path


def street_rows(wrong: int = 0) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
    """An annex of merged blocks; merges are (first row, first column, last row, last column), from 0."""
    rows: list[list[object]] = [["排名", "街道", "基层政务公开专题", "", "发布信息数量", ""]]
    merges = [(0, 2, 0, 3), (0, 4, 0, 5)]
    for rank, (unit, (total, items)) in enumerate(STREETS.items(), start=1):
        top = len(rows)
        for n, (field, level, count) in enumerate(items):
            shown = field if n != 1 else ""
            rows.append(
                [rank if n == 0 else "", unit if n == 0 else "", shown, level, count, total if n == 0 else ""]
            )
        merges += [(top, c, top + 2, c) for c in (0, 1, 5)] + [(top, 2, top + 1, 2), (top + 2, 2, top + 2, 3)]
    rows.append(["合计", "", "", "", 30 + wrong, ""])
    merges.append((len(rows) - 1, 4, len(rows) - 1, 5))
    return rows, merges


def test_a_workbook_that_adds_up(tmp_path: Path) -> None:
    title = ["2022年1—2月区直单位得分情况", "", "", "", ""]
    checked = recheck(read_paper(save_sheet(tmp_path / "a.xlsx", [title, HEADS, *ROWS], ["A1:E1"])))
    assert kinds(checked) == []
    assert [(table.rows, table.equal) for table in checked.tables] == [(4, 4)]


def test_the_cell_of_a_wrong_total_is_named(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[1][4] = 87.5
    checked = recheck(read_paper(save_sheet(tmp_path / "a.xlsx", [["得分情况"], HEADS, *rows])))
    (discrepancy,) = checked.discrepancies
    assert (discrepancy.place.row, discrepancy.place.column, discrepancy.place.heading) == (4, 5, "1—2月总分")
    assert (discrepancy.printed, discrepancy.reckoned, discrepancy.rank, discrepancy.rank_due) == (
        "87.5",
        "67.5",
        2,
        2,
    )


def test_numbers_are_not_the_floats_they_are_stored_as(tmp_path: Path) -> None:
    rows = [[f"单位{n}局", 0.1 * n, 0.2 * n, 0.1 * n + 0.2 * n] for n in range(1, 9)]
    checked = recheck(
        read_paper(save_sheet(tmp_path / "a.xlsx", [["单位", "甲得分", "乙得分", "总分"], *rows]))
    )
    assert kinds(checked) == []
    assert checked.tables[0].totals["单位3局"] == Decimal("0.9")


def test_two_tables_on_one_sheet_rank_apart(tmp_path: Path) -> None:
    towns = [["城关镇", 4, 1, 5, 10], ["新集镇", 4, 2, 3, 9], ["老集乡", 4, 0, 2, 6]]
    rows = [["一、部门"], HEADS, *ROWS, [], ["二、乡镇"], HEADS, *towns]
    checked = recheck(read_paper(save_sheet(tmp_path / "a.xlsx", rows)))
    assert kinds(checked) == []
    assert [(table.title, table.rows, table.equal) for table in checked.tables] == [
        ("一、部门", 4, 4),
        ("二、乡镇", 3, 3),
    ]


def test_a_heading_repeated_on_a_new_page_splits_nothing(tmp_path: Path) -> None:
    rows = [HEADS, *ROWS[:2], HEADS, *ROWS[2:]]
    checked = recheck(read_paper(save_sheet(tmp_path / "a.xlsx", rows)))
    assert [(table.rows, table.equal) for table in checked.tables] == [(4, 4)]


def test_headings_of_two_levels(tmp_path: Path) -> None:
    rows = [
        ["序号", "单位", "得分情况", "", "合计", "名次"],
        ["", "", "公开", "互动", "", ""],
        [1, "甲局", 20, 3, 23, 1],
        [2, "乙局", 15, 2, 17, 2],
        [3, "丙局", 11, 2, 14, 3],
        [4, "丁局", 9, 1, 10, 4],
    ]
    merges = ["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"]
    checked = recheck(read_paper(save_sheet(tmp_path / "a.xlsx", rows, merges)))
    (discrepancy,) = checked.discrepancies
    assert (discrepancy.unit, discrepancy.printed, discrepancy.reckoned) == ("丙局", "14", "13")
    assert checked.tables[0].formulas == ("合计 = 得分情况/公开+得分情况/互动",)


def test_a_formula_nobody_reckoned_accuses_nobody(tmp_path: Path) -> None:
    rows = [[*row[:4], f"=SUM(B{n}:D{n})"] if n == 3 else row for n, row in enumerate(ROWS, start=2)]
    checked = recheck(read_paper(save_sheet(tmp_path / "a.xlsx", [HEADS, *rows])))
    assert kinds(checked) == []
    assert [(table.rows, table.equal) for table in checked.tables] == [(4, 3)]
    assert checked.tables[0].unchecked == ("教育局：有单元格不是数字，未能核对",)


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    book = Workbook()
    for row in [HEADS, *ROWS]:
        book.active.append(row)
    draft = book.create_sheet("旧稿")
    for row in [HEADS, *([row[0], 1, 1, 1, 99] for row in ROWS)]:
        draft.append(row)
    draft.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert len(read_paper(tmp_path / "a.xlsx").grids) == 1


@pytest.mark.parametrize(("wrong", "found"), [(0, []), (1, [("grand.sum", "")])])
def test_merged_blocks_in_excel(tmp_path: Path, wrong: int, found: list[tuple[str, str]]) -> None:
    rows, merges = street_rows(wrong)
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for top, left, bottom, right in merges:
        book.active.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    book.save(tmp_path / "a.xlsx")
    checked = recheck(read_paper(tmp_path / "a.xlsx"))
    assert [(table.form, table.rows, table.equal) for table in checked.tables] == [("blocks", 3, 3)]
    assert kinds(checked) == found


def save_word(path: Path, wrong: int = 0) -> Path:
    rows, merges = street_rows(wrong)
    document = docx.Document()
    document.add_paragraph("第一季度，基层政务公开领域发布 30 条。南街道办事处、西街道办事处信息发布较少。")
    document.add_paragraph("附件")
    document.add_paragraph("1-3月信息发布情况")
    table = document.add_table(len(rows), 6)
    for top, left, bottom, right in merges:
        table.cell(top, left).merge(table.cell(bottom, right))
    for n, row in enumerate(rows):
        for column, text in enumerate(row):
            if text != "":
                table.cell(n, column).text = str(text)
    document.save(str(path))
    return path


def test_a_block_that_goes_on_with_its_name_and_total_said_again(tmp_path: Path) -> None:
    rows, merges = street_rows()
    areas = []
    for top, left, bottom, right in merges:
        if bottom - top == 2:  # the unit's cells, parted before its last line
            rows[bottom][left] = rows[top][left]
        last = bottom - (bottom - top == 2)
        if (top, left) != (last, right):
            areas.append(f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{last + 1}")
    checked = recheck(read_paper(save_sheet(tmp_path / "a.xlsx", rows, areas)))
    assert kinds(checked) == []
    assert [(table.rows, table.equal) for table in checked.tables] == [(3, 3)]


def test_merged_blocks_in_word(tmp_path: Path) -> None:
    checked = recheck(read_paper(save_word(tmp_path / "a.docx")))
    assert [(table.title, table.form, table.equal) for table in checked.tables] == [
        ("附件 1-3月信息发布情况", "blocks", 3)
    ]
    assert kinds(checked) == []
    assert [tie["figure"] for tie in checked.ties] == ["30"]


def test_a_wrong_grand_total_in_word_is_one_slip(tmp_path: Path) -> None:
    checked = recheck(read_paper(save_word(tmp_path / "a.docx", wrong=3)))
    assert [
        (discrepancy.kind.value, discrepancy.printed, discrepancy.reckoned)
        for discrepancy in checked.discrepancies
    ] == [("grand.sum", "33", "30")]


def test_equal_totals_may_share_a_rank_or_follow_one_another_but_not_share_the_lower(tmp_path: Path) -> None:
    heads = ["单位", "得分甲", "得分乙", "总分", "名次"]
    rows = [["甲局", 9, 9, 18, 1], ["乙局", 5, 5, 10, 2], ["丙局", 6, 4, 10, 2], ["丁局", 1, 2, 3, 4]]
    for ranks, wrong in (((2, 2), 0), ((2, 3), 0), ((3, 2), 0), ((3, 3), 2)):
        rows[1][4], rows[2][4] = ranks
        checked = recheck(read_paper(save_sheet(tmp_path / "a.xlsx", [heads, *rows])))
        assert len(checked.discrepancies) == wrong, ranks


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", b"", "不是能核对的类型"),
        ("a.xlsx", b"PK nothing", "已损坏或加了密码"),
        ("a.docx", b"", "已损坏或加了密码"),
        ("a.txt", b"\xff\xff\x00\x81", "编码无法识别"),
    ],
)
def test_what_is_no_table_is_refused_in_chinese(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(WrongInput, match=said):
        read_paper(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="找不到文件"):
        read_paper(tmp_path / "没有.csv")


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.docx"):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.writestr("hello.txt", "hello")
        with pytest.raises(WrongInput, match="另存后重试"):
            read_paper(tmp_path / name)


def test_entities_and_swollen_parts_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/x.bin", b"\0" * 201_000_000)
    for name in ("a.xlsx", "b.xlsx"):
        with pytest.raises(WrongInput, match="内容不正常"):
            read_paper(tmp_path / name)


def test_a_sheet_that_claims_a_million_rows_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "单位"
    book.active.cell(1_048_576, 16_384).value = 1
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(WrongInput, match="过大"):
        read_paper(tmp_path / "a.xlsx")
