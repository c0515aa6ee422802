"""One number altered at a time, in SQL or in any paper: each is refused with its place, and nothing is written."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, text

from db.counting.bulletins import counted_anew, letters_received
from monitor.bulletin import papers as bulletin_papers
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.drafting import print_bulletin
from monitor.bulletin.papers import write_bulletin
from monitor.bulletin.ties.same import Mismatch
from monitor.bulletin.ties.ties import check_ties
from monitor.bulletin.word_template import TEMPLATE
from monitor.cli.error_messages import OUR_FAILURE, report_error
from tests.bulletin_made import DAY, Q2, demo_bulletin, demo_engine, demo_site
from tests.conftest import context

SILENT = "红旗路街道办事处“就业创业领域”"  # the one zero of the first annex


@dataclass(frozen=True)
class Made:
    engine: Engine
    bulletin: Bulletin
    folder: Path

    def check(self, folder: Path, bulletin: Bulletin | None = None) -> int:
        with self.engine.connect() as connection:
            counted = counted_anew(connection, demo_site(), Q2, DAY)
            letters = letters_received(connection, demo_site(), Q2, DAY)
        return check_ties(bulletin or self.bulletin, counted, letters, folder, TEMPLATE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("ties")
    engine = demo_engine(folder)
    bulletin = demo_bulletin(engine)
    write_bulletin(bulletin, folder / "papers")
    return Made(engine, bulletin, folder / "papers")


@pytest.fixture
def papers(made: Made, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(made.folder, tmp_path / "papers"))


def test_what_was_composed_ties(made: Made) -> None:
    assert made.check(made.folder) > 8000


COLUMN = (
    "(SELECT c.id FROM columns c JOIN duties d ON d.column_id = c.id"
    " WHERE d.key = 'hongqilu' AND c.field = '就业创业领域')"
)
READINGS = f"UPDATE readings SET {{}} WHERE column_id IN {COLUMN}"


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        (
            "INSERT INTO postings (column_id, identity, title, published, first_seen, last_seen, first_visit_id, last_crawl_id)"
            f" SELECT {COLUMN}, 'x', 'x', '2023-05-05', '2023-05-05', '2023-05-05', 1, 1",
            f"{SILENT}的数量应为“0”，读回为“1”",
        ),
        (f"DELETE FROM readings WHERE column_id IN {COLUMN}", f"{SILENT}的数量应为“0”，读回为“None”"),
        (READINGS.format("covered_since = NULL, covered_whole = 0"), f"{SILENT}的精确程度"),
        (READINGS.format("standing = 'empty'"), f"{SILENT}的状态"),
        (
            "DELETE FROM letters WHERE id = (SELECT min(id) FROM letters WHERE received BETWEEN '2023-04-01' AND '2023-06-30')",
            "留言受理数",
        ),
    ],
)
def test_a_number_altered_in_sql(made: Made, statement: str, place: str, tmp_path: Path) -> None:
    spoilt = demo_engine(tmp_path)
    demo_bulletin(spoilt)
    with spoilt.begin() as connection:
        assert connection.execute(text(statement)).rowcount == 1
    refused(replace(made, engine=spoilt), made.folder, place)


def in_word(
    name: str, table: int, find: Callable[[list[str]], bool], column: int, value: str
) -> Callable[[Path], None]:
    """Alters one cell of a Word table: the first row that `find` knows by its texts."""

    def alter(folder: Path) -> None:
        document = docx.Document(str(folder / name))
        row = next(row for row in document.tables[table].rows if find([cell.text for cell in row.cells]))
        assert row.cells[column].text != value
        row.cells[column].text = value
        document.save(str(folder / name))

    return alter


def in_prose(old: str, new: str, style: str = "公文正文") -> Callable[[Path], None]:
    def alter(folder: Path) -> None:
        document = docx.Document(str(folder / "通报_2023Q2_北关区.docx"))
        runs = [
            run
            for p in document.paragraphs
            if p.style is not None and p.style.name == style
            for run in p.runs
        ]
        run = next(run for run in runs if old in run.text)
        run.text = run.text.replace(old, new, 1)
        document.save(str(folder / "通报_2023Q2_北关区.docx"))

    return alter


def in_excel(sheet: str, place: str, value: object) -> Callable[[Path], None]:
    def alter(folder: Path) -> None:
        book = load_workbook(folder / "通报_2023Q2_北关区.xlsx")
        assert book[sheet][place].value != value
        book[sheet][place].value = value
        book.save(folder / "通报_2023Q2_北关区.xlsx")

    return alter


def in_sheet(name: str, place: str, value: object) -> Callable[[Path], None]:
    def alter(folder: Path) -> None:
        book = load_workbook(folder / name)
        book.worksheets[0][place].value = value
        book.save(folder / name)

    return alter


def in_json(*keys: str | int, value: Any) -> Callable[[Path], None]:
    def alter(folder: Path) -> None:
        path = folder / "通报_2023Q2_北关区.json"
        whole = json.loads(path.read_text(encoding="utf-8"))
        part = whole
        for key in keys[:-1]:
            part = part[key]
        assert part[keys[-1]] != value
        part[keys[-1]] = value
        path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")

    return alter


def in_text(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Alters the first place where a pattern stands."""

    def alter(folder: Path) -> None:
        path = folder / name
        said, times = re.subn(old, new, path.read_text(encoding="utf-8-sig"), count=1)
        assert times == 1
        path.write_text(said, encoding="utf-8-sig" if name.endswith("csv") else "utf-8")

    return alter


def of(*words: str) -> Callable[[list[str]], bool]:
    return lambda cells: all(word in cells for word in words)


ALTERED: dict[str, tuple[Callable[[Path], None], str]] = {
    "csv number": (
        in_text("通报_2023Q2_北关区_信息数.csv", "红旗路街道办事处,就业创业领域,,,0,", "红旗路街道办事处,就业创业领域,,,7,"),
        f"通报_2023Q2_北关区_信息数.csv 第 89 行“count”列（{SILENT}）应为“0”，读回为“7”",
    ),
    "json total": (in_json("total", "count", value=751), "通报_2023Q2_北关区.json › total › count应为“750”，读回为“751”"),
    "json exactness": (in_json("total", "exactness", value="at least"), "total › exactness"),
    "json grassroots": (in_json("grassroots", "count", value=560), "grassroots › count"),
    "json annex total": (in_json("annex2_total", "count", value=364), "annex2_total › count"),
    "json row": (in_json("annex1", 9, "rows", 7, "count", value=1), "annex1 › 第 10 项 › rows › 第 8 项 › count"),
    "json block": (in_json("annex2", 0, "total", "count", value=69), "annex2 › 第 1 项 › total › count"),
    "json rank": (in_json("annex1", 4, "rank", value=4), "annex1 › 第 5 项 › rank"),
    "json letters": (in_json("letters", "closed", value=10), "letters › closed"),
    "json rate": (in_json("letters", "rate", value="90.91%"), "letters › rate"),
    "json named": (in_json("named", "departments", 0, value="区教育局"), "named › departments › 第 1 项"),
    "json measure": (in_json("naming", 0, "rate", value=2.0), "naming › 第 1 项 › rate"),
    "word annex 1 count": (
        in_word("通报_2023Q2_北关区.docx", 0, of("红旗路街道办事处", "就业创业领域"), 4, "1"),
        "通报_2023Q2_北关区.docx 附件1第 89 行第 5 列“发布信息数量”（红旗路街道办事处 就业创业领域）应为“0”，读回为“1”",
    ),
    "word annex 1 sum": (
        in_word("通报_2023Q2_北关区.docx", 0, of("红旗路街道办事处"), 5, "15"),
        "通报_2023Q2_北关区.docx 附件1第 82 行第 6 列",
    ),
    "word annex 1 rank": (in_word("通报_2023Q2_北关区.docx", 0, of("民航路街道办事处"), 0, "4"), "附件1第 37 行第 1 列“排名”"),
    "word annex 1 whole": (in_word("通报_2023Q2_北关区.docx", 0, of("合计"), 4, "189"), "附件1第 91 行第 5 列"),
    "word annex 2 count": (
        in_word("通报_2023Q2_北关区.docx", 1, of("区卫健委", "行政处罚类"), 4, "64"),
        "通报_2023Q2_北关区.docx 附件2第 2 行第 5 列“发布信息数量”（医疗卫生领域 行政处罚类 区卫健委）应为“46”，读回为“64”",
    ),
    "word annex 2 note": (
        in_word("通报_2023Q2_北关区.docx", 1, of("区税务局", "税收政策"), 4, "0"),
        "附件2第 123 行第 5 列",
    ),
    "word annex 2 whole": (in_word("通报_2023Q2_北关区.docx", 1, of("合计"), 5, "336"), "附件2第 139 行第 5 列"),
    "word prose total": (in_prose("750", "751"), "通报_2023Q2_北关区.docx 正文第 7 段“（一）基本情况。"),
    "word prose grassroots": (in_prose("561", "516"), "应为“561”，读回为“516”"),
    "word prose letters": (in_prose("留言11个", "留言12个"), "应为“11”，读回为“12”"),
    "word prose rate": (in_prose("100%", "99%"), "应为“100%”，读回为“99%”"),
    "word prose days": (in_prose("4.7个", "4.2个"), "应为“4.7”，读回为“4.2”"),
    "json days": (in_json("letters", "longest_days", value=6), "letters › longest_days"),
    "word prose date": (in_prose("7月3日", "7月4日", "成文日期"), "通报_2023Q2_北关区.docx 正文第 18 段"),
    "word note": (in_prose("6月30日", "6月29日", "表注"), "通报_2023Q2_北关区.docx 附件1的标题和表注"),
    "excel annex 1 count": (
        in_excel("附件1", "E93", 1),
        "通报_2023Q2_北关区.xlsx 附件1第 89 行第 5 列“发布信息数量”（红旗路街道办事处 就业创业领域）应为“0”，读回为“1”",
    ),
    "excel number as text": (in_excel("附件1", "E93", "0"), "通报_2023Q2_北关区.xlsx 附件1第 89 行第 5 列"),
    "excel annex 2 sum": (in_excel("附件2", "F5", 69), "通报_2023Q2_北关区.xlsx 附件2第 1 行第 6 列"),
    "excel whole": (in_excel("附件2", "E143", 336), "通报_2023Q2_北关区.xlsx 附件2第 139 行第 5 列"),
    "page annex": (in_text("通报_2023Q2_北关区.html", ">46</a>", ">64</a>"), "通报_2023Q2_北关区.html 附件2第 2 行第 5 列"),
    "page list": (in_text("通报_2023Q2_北关区.html", "<tbody>\\n<tr>", "<tbody>"), "信息清单中"),
    "page link": (in_text("通报_2023Q2_北关区.html", 'href="#n3"', 'href="#m3"'), "附件中的链接 #m3"),
    "posting": (in_sheet("通报_2023Q2_北关区_工作底稿.xlsx", "D4", "别的标题"), "第 1 行“标题”列"),
    "page prose": (in_text("通报_2023Q2_北关区.html", "信息750条", "信息570条"), "通报_2023Q2_北关区.html 正文第 7 段"),
    "text prose": (in_text("通报_2023Q2_北关区.txt", "发布 561 条", "发布 651 条"), "通报_2023Q2_北关区.txt 正文第 7 段"),
    "text annex": (in_text("通报_2023Q2_北关区.txt", "行政处罚类  46", "行政处罚类  64"), "通报_2023Q2_北关区.txt 附件第 104 行"),
    "text whole": (in_text("通报_2023Q2_北关区.txt", "合计  363", "合计  336"), "通报_2023Q2_北关区.txt 附件第"),
    "text working copy": (in_text("通报_2023Q2_北关区.txt", "  14  9  1.6", "  41  9  1.6"), "通报_2023Q2_北关区.txt 工作底稿"),
    "working copy": (
        in_word("通报_2023Q2_北关区_工作底稿.docx", 1, of("红旗路街道办事处"), 1, "41"),
        "通报_2023Q2_北关区_工作底稿.docx “点名情况：街道、乡镇”第 11 行第 2 列“发布数”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ALTERED)
def test_a_number_altered_in_a_paper(made: Made, papers: Path, name: str) -> None:
    alter, place = ALTERED[name]
    alter(papers)
    refused(made, papers, place)


def test_a_sum_composed_wrong(made: Made) -> None:
    first = made.bulletin.annex1[0]
    wrong = replace(first, total=replace(first.total, number=29))
    refused(
        made,
        made.folder,
        "附件1“解放路街道办事处”小计",
        replace(made.bulletin, annex1=(wrong, *made.bulletin.annex1[1:])),
    )


def test_a_name_given_a_wrong_number(made: Made) -> None:
    naming = made.bulletin.naming
    first = naming.local[0]
    wrong = replace(naming, local=(replace(first, case=replace(first.case, count=27)), *naming.local[1:]))
    refused(made, made.folder, "点名依据中解放路街道办事处的发布数", replace(made.bulletin, naming=wrong))


def test_nothing_is_written_where_a_speaker_slips(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_excel = bulletin_papers.write_excel

    def discrepancy(bulletin: Bulletin, path: Path, mark: str = "") -> None:
        write_excel(bulletin, path, mark)
        in_excel("附件1", "E93", 1)(path.parent)

    monkeypatch.setattr(bulletin_papers, "write_excel", discrepancy)
    with pytest.raises(Mismatch) as raised:
        print_bulletin(made.engine, context(demo_site(), DAY), Q2, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert report_error(raised.value) == OUR_FAILURE
    said = capsys.readouterr().err
    assert "通报_2023Q2_北关区.xlsx 附件1第 89 行第 5 列" in said
    assert said.count("。") == 1


def refused(made: Made, folder: Path, place: str, bulletin: Bulletin | None = None) -> None:
    with pytest.raises(Mismatch) as raised:
        made.check(folder, bulletin)
    assert place in str(raised.value)
    assert "没有写入任何文件" in str(raised.value)
