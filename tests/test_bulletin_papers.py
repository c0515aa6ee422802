"""The papers read back as anybody would open them: cell for cell what the county published, merged as printed."""

import csv
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from monitor.bulletin.compose import Bulletin
from monitor.bulletin.papers import write_bulletin
from monitor.bulletin.ties.readback import Matrix, read_excel, read_page, read_word
from monitor.bulletin.word_template import TEMPLATE, write_template
from rules.errors import WrongInput
from tests.bulletin_made import (
    demo_bulletin,
    demo_engine,
)
from tests.conftest import ROOT

NOTE = "跳转到国家税务局网站"
READERS = {
    "通报_2023Q2_北关区.docx": read_word,
    "通报_2023Q2_北关区.xlsx": read_excel,
    "通报_2023Q2_北关区.html": read_page,
}
Region = tuple[int, int, int, int]  # top, left, bottom, right, counted from 0


@pytest.fixture(scope="module")
def bulletin(tmp_path_factory: pytest.TempPathFactory) -> Bulletin:
    return demo_bulletin(demo_engine(tmp_path_factory.mktemp("county")))


@pytest.fixture(scope="module")
def papers(bulletin: Bulletin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    write_bulletin(bulletin, folder)
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def padded(row: dict[str, str], levels: int) -> list[str]:
    names = [row[key] for key in ("field", "level1", "level2") if row.get(key)]
    return names + names[-1:] * (levels - len(names))


def texts(rows: Matrix) -> list[list[str]]:
    return [[f"{cell}" for cell in row] for row in rows]


@pytest.mark.parametrize("name", READERS)
def test_the_first_annex_is_the_truth_cell_for_cell(papers: Path, shared: Path, name: str) -> None:
    truth = table(shared / "truth" / "beiguan_2023Q2_annex1.csv")
    expected = [[t["rank"], t["unit"], *padded(t, 2), t["count"], t["unit_total"]] for t in truth]
    rows = texts(READERS[name](papers / name).annexes[0].rows)
    assert rows[1:-1] == expected
    assert rows[-1] == ["合计"] * 4 + ["198"] * 2


@pytest.mark.parametrize("name", READERS)
def test_the_second_annex_is_the_truth_cell_for_cell(papers: Path, shared: Path, name: str) -> None:
    truth = table(shared / "truth" / "beiguan_2023Q2_annex2.csv")
    expected = [
        [
            t["row"],
            *padded(t, 3),
            NOTE if t["status"] == "external" else t["count"],
            t["row_total"],
            t["units"],
        ]
        for t in truth
    ]
    rows = texts(READERS[name](papers / name).annexes[1].rows)
    assert rows[1:-1] == expected
    assert rows[-1] == ["合计"] * 4 + ["363"] * 2 + [""]


@pytest.mark.parametrize("name", READERS)
def test_the_annexes_say_what_the_demo_county_published(papers: Path, name: str) -> None:
    published = table(ROOT / "demo" / "data" / "counts.csv")
    first, second = (texts(annex.rows)[1:-1] for annex in READERS[name](papers / name).annexes)
    said = [[row[1], *row[2:4], row[4]] for row in first] + [[row[6], *row[1:4], row[4]] for row in second]
    assert len(said) == len(published) == 228
    for place, (row, told) in enumerate(zip(published, said, strict=True)):
        number = NOTE if row["status"] == "external" else row["count"]
        assert told == [row["unit"], *padded(row, 2 if place < 90 else 3), number]


def regions_expected(rows: list[dict[str, str]], levels: int, left: int, units: int) -> set[Region]:
    """The merged regions of an annex, from its rows alone: heading at row 0, rows from 1, names from column `left`,
    units in column `units`."""
    number, bottom, found = left + levels, len(rows) + 1, set()
    for top, end in runs([row["unit"] for row in rows]):
        found |= {(top + 1, column, end + 1, column) for column in (0, units, number + 1)}
    paths = [[row[key] for key in ("field", "level1", "level2") if row[key]] for row in rows]
    for depth in range(levels - 1):
        headings = [
            (row["unit"], *path[: depth + 1]) if len(path) > depth + 1 else None
            for row, path in zip(rows, paths, strict=True)
        ]
        found |= {(top + 1, left + depth, end + 1, left + depth) for top, end in runs(headings)}
    found |= {(row, left + len(path) - 1, row, number - 1) for row, path in enumerate(paths, start=1)}
    external = [row["status"] == "external" or None for row in rows]
    found |= {(top + 1, number, end + 1, number) for top, end in runs(external)}
    found |= {(0, left, 0, number - 1), (0, number, 0, number + 1)}
    found |= {(bottom, 0, bottom, number - 1), (bottom, number, bottom, number + 1)}
    return {region for region in found if region[:2] != region[2:]}


def runs(keys: Sequence[object]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of equal keys; None is equal to nothing."""
    start = 0
    for end in range(1, len(keys) + 1):
        if end == len(keys) or keys[end] is None or keys[end] != keys[start]:
            yield start, end - 1
            start = end


def word_regions(path: Path, number: int) -> set[Region]:
    places = defaultdict(list)
    for row, line in enumerate(docx.Document(str(path)).tables[number].rows):
        for column, cell in enumerate(line.cells):
            places[cell._tc].append((row, column))
    return {(*min(found), *max(found)) for found in places.values() if len(found) > 1}


def excel_regions(path: Path, number: int) -> set[Region]:
    page = load_workbook(path).worksheets[number]
    boxes = [(r.min_row - 4, r.min_col - 1, r.max_row - 4, r.max_col - 1) for r in page.merged_cells.ranges]
    return {box for box in boxes if 0 <= box[0] < page.max_row - 4}


def parted(regions: set[Region], rows: set[int]) -> set[Region]:
    """The regions cut before some rows: where a page turns, names and totals stand again."""
    found = set()
    for top, left, bottom, right in regions:
        edges = [top, *sorted(row for row in rows if top < row <= bottom), bottom + 1]
        found |= {(above, left, below - 1, right) for above, below in pairwise(edges)}
    return {region for region in found if region[:2] != region[2:]}


@pytest.mark.parametrize("number", [0, 1])
def test_the_merged_regions_are_right(papers: Path, number: int) -> None:
    rows = table(ROOT / "demo" / "data" / "counts.csv")
    rows = rows[:90] if number == 0 else rows[90:]
    expected = regions_expected(rows, 2, 2, 1) if number == 0 else regions_expected(rows, 3, 1, 6)
    tops = {region[0] for region in expected if region[1] == 0}
    printed = word_regions(papers / "通报_2023Q2_北关区.docx", number)
    turned = {region[0] for region in printed if region[1] == 0} - tops
    assert printed == parted(expected, turned)
    assert excel_regions(papers / "通报_2023Q2_北关区.xlsx", number) == expected


def test_some_regions_by_hand(papers: Path) -> None:
    first, second = (excel_regions(papers / "通报_2023Q2_北关区.xlsx", number) for number in (0, 1))
    assert {(1, 0, 9, 0), (1, 1, 9, 1), (3, 2, 6, 2), (7, 2, 7, 3), (1, 5, 9, 5), (91, 0, 91, 3)} <= first
    assert {(123, 4, 134, 4), (123, 1, 138, 1), (123, 6, 138, 6), (0, 1, 0, 3)} <= second


def test_numbers_are_numbers_in_excel(papers: Path) -> None:
    page = load_workbook(papers / "通报_2023Q2_北关区.xlsx")["附件1"]
    assert (page["E5"].value, page["E93"].value, page["F5"].value, page["E95"].value) == (4, 0, 28, 198)
    assert {type(page.cell(row, 5).value) for row in range(5, 95)} == {int}
    assert page.print_title_rows == "$4:$4"


def test_the_page_is_an_official_documents(papers: Path) -> None:
    document = docx.Document(str(papers / "通报_2023Q2_北关区.docx"))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(size.mm) for size in (*sizes, section.left_margin, section.right_margin)] == [
        210,
        297,
        37,
        35,
        28,
        26,
    ]
    footers = [section.footer, section.even_page_footer]
    assert [
        "".join(t.text or "" for t in f._element.iter(qn("w:t"), qn("w:instrText"))) for f in footers
    ] == ["— PAGE —"] * 2
    assert document.settings.odd_and_even_pages_header_footer
    styles = {name: document.styles[name] for name in ("公文标题", "公文正文", "一级标题")}
    faces = {name: style.element.rPr.rFonts.get(qn("w:eastAsia")) for name, style in styles.items()}
    assert faces == {"公文标题": "方正小标宋简体", "公文正文": "仿宋_GB2312", "一级标题": "黑体"}
    assert [styles[name].font.size.pt for name in ("公文标题", "公文正文")] == [22, 16]
    layout = styles["公文正文"].paragraph_format
    indent = styles["公文正文"].element.pPr.ind
    assert (layout.line_spacing.pt, indent.get(qn("w:firstLineChars")), layout.first_line_indent.pt) == (
        28,
        "200",
        32,
    )


def test_headings_are_repeated_on_every_page(papers: Path) -> None:
    for each in docx.Document(str(papers / "通报_2023Q2_北关区.docx")).tables:
        rows = [row._tr.trPr for row in each.rows]
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_parts_of_the_document_in_their_order(papers: Path) -> None:
    prose = read_word(papers / "通报_2023Q2_北关区.docx").prose
    begins = (
        "安阳市北关区人民政府办公室", "（2023年第2期）", "关于对2023年第二季度全区政务公开工作开展情况的通报",
        "各街道办事处、柏庄镇政府，区人民政府各部门及有关单位：", "按照", "一、区政府网站运行保障情况",
        "（一）基本情况。2023年4-6月，区政府网站共发布各类信息750条，其中：基层政务公开领域发布561条。",
        "（二）主要问题。2023年4-6月，灯塔路街道办事处、洹北街道办事处、彰东街道办事处、柏庄镇政府、红旗路街道办事处信息发布较少",
        "二、“区长信箱”平台网民留言办理情况",
        "（一）基本情况。2023年4-6月，区政府网站“区长信箱”平台共受理网民留言11个，办结11个，办结率100%，平均用时4.7个工作日。",
        "（二）主要问题。区城管执法局", "三、下步工作安排", "（一）", "（二）", "（三）", "附件：1. 4-6月", "2. 4-6月", "2023年7月3日",
    )  # fmt: skip
    assert len(prose) == len(begins)
    for text, begin in zip(prose, begins, strict=True):
        assert text.startswith(begin)
    assert read_page(papers / "通报_2023Q2_北关区.html").prose == prose


def test_the_same_numbers_make_the_same_bytes(bulletin: Bulletin, papers: Path, tmp_path: Path) -> None:
    for paper in write_bulletin(bulletin, tmp_path):
        assert paper.read_bytes() == (papers / paper.name).read_bytes(), paper.name


def test_the_template_in_the_repository_is_the_scripts(tmp_path: Path) -> None:
    write_template(tmp_path / "bulletin.docx")
    assert parts(tmp_path / "bulletin.docx") == parts(TEMPLATE)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_template_that_asks_for_an_unknown_word(bulletin: Bulletin, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ 信息总量 }}")
    document.save(str(tmp_path / "mine.docx"))
    with pytest.raises(WrongInput, match="信息总量"):
        write_bulletin(bulletin, tmp_path / "out", tmp_path / "mine.docx")
    assert not (tmp_path / "out").exists()
