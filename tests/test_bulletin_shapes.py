"""Counties of other shapes: no streets, no departments, joint and shared columns, months and years, PostgreSQL too."""

from datetime import date
from pathlib import Path

import docx
import pytest
from sqlalchemy import Engine

from db.counting.bulletins import frozen
from monitor.bulletin.annexes import annexes_of
from monitor.bulletin.compose import Edits
from monitor.bulletin.drafting import checked_papers, compose, print_bulletin
from monitor.bulletin.ties.readback import PaperRead, read_word
from rules.dates.periods import parse_period
from tests.bulletin_made import DAY, Q2, demo_bulletin, demo_engine, remember, site_of
from tests.conftest import context

HEAD = 'name = "某市某县人民政府"\nhome = "https://www.mou.example/"\nexpect = {read = 0.1, postings = [1, 30]}\n'
STREET = '{id = "a", name = "甲街道办事处", kind = "街道"}'
TOWN = '{id = "t", name = "丁镇", kind = "乡镇"}'
BUREAU = '{id = "b", name = "乙局", kind = "部门"}'
MAY = [date(2023, 5, 2)] * 3


def county(*units: str, columns: str) -> str:
    return f"{HEAD}units = [{', '.join(units)}]\ncolumns = [{columns}]\n"


def word(
    engine: Engine, text: str, folder: Path, period: str = "2023Q2", day: date = DAY, **edits: bool
) -> PaperRead:
    site = site_of(text)
    remember(engine, site, {column.key: MAY for column in site.columns}, as_of=day)
    printed = print_bulletin(engine, context(site, day), parse_period(period), folder, Edits(**edits))
    return read_word(next(paper for paper in printed.papers if paper.suffix == ".docx"))


def test_departments_alone(engine: Engine, tmp_path: Path) -> None:
    paper = word(
        engine, county(BUREAU, columns='{units = ["b"], path = ["救灾领域"], url = "/b/"}'), tmp_path
    )
    assert "附件：4-6月县政府网站发布信息情况（县政府各部门及有关单位）" in paper.prose
    assert "县人民政府各部门及有关单位：" in paper.prose
    assert any(line.endswith("共发布各类信息3条，均在基层政务公开领域。") for line in paper.prose)
    assert [annex.lines[0] for annex in paper.annexes] == ["附件"]
    assert paper.annexes[0].rows == [
        ["序号", "栏目", "发布信息数量", "发布信息数量", "责任单位"],
        ["1", "救灾领域", "3", "3", "乙局"],
        ["合计", "合计", "3", "3", ""],
    ]


def test_streets_alone(engine: Engine, tmp_path: Path) -> None:
    columns = '{each = ["街道", "乡镇"], path = ["救灾领域", "备灾管理"], url = "/{unit}/"}'
    paper = word(engine, county(STREET, TOWN, columns=columns), tmp_path)
    assert "附件：4-6月县政府网站发布信息情况（甲街道办事处、丁镇）" in paper.prose
    assert [annex.lines[0] for annex in paper.annexes] == ["附件"]
    assert paper.annexes[0].rows[1] == ["1", "甲街道办事处", "救灾领域", "备灾管理", "3", "3"]


def test_one_unit_is_compared_with_nobody(engine: Engine) -> None:
    site = site_of(county(BUREAU, columns='{units = ["b"], path = ["救灾领域"], url = "/b/"}'))
    remember(engine, site, {column.key: MAY for column in site.columns}, as_of=DAY)
    [only] = compose(engine, context(site, DAY), Q2).naming.verdicts
    assert (only.named, only.why) == (False, "同类单位只有 1 个，不作比较")


@pytest.mark.parametrize(
    ("leaf", "widths"), [("预算", (42, 42)), ("行政许可、行政处罚和其他对外管理服务事项", (25, 59))]
)
def test_the_longer_names_have_the_more_room(engine: Engine, leaf: str, widths: tuple[int, int]) -> None:
    site = site_of(county(BUREAU, columns=f'{{units = ["b"], path = ["财政", "{leaf}"], url = "/b/"}}'))
    remember(engine, site, {column.key: MAY for column in site.columns}, as_of=DAY)
    [annex] = annexes_of(compose(engine, context(site, DAY), Q2))
    assert annex.grid.widths[1:3] == widths


JOINT = '{units = ["a", "b"], path = ["甲", "乙", "丙"], url = "/ab/"}, {units = ["a"], path = ["救灾领域"], url = "/a/"}'


def test_a_joint_duty_is_ranked_for_nobody(engine: Engine, tmp_path: Path) -> None:
    first, second = word(engine, county(STREET, BUREAU, columns=JOINT), tmp_path).annexes
    assert [row[1] for row in first.rows[1:-1]] == ["甲街道办事处"]
    assert second.rows[1] == ["1", "甲", "乙", "丙", "3", "3", "甲街道办事处、乙局"]


ELSEWHERE = """
, {units = ["b"], path = ["税收"], elsewhere = "见税务局网站"}, {units = ["b"], path = ["海关"], elsewhere = "见海关网站"}
"""


def test_what_is_wholly_elsewhere_has_a_note_and_no_number(engine: Engine, tmp_path: Path) -> None:
    columns = JOINT + ELSEWHERE.strip()
    rows = word(engine, county(STREET, BUREAU, columns=columns), tmp_path).annexes[1].rows
    assert [row[4:6] for row in rows if row[6] == "乙局"] == [["见税务局网站", "—"], ["见海关网站", "—"]]


def test_a_shared_list_counts_by_owner_and_is_at_least(engine: Engine, tmp_path: Path) -> None:
    columns = JOINT + ', {shared = true, path = ["", "公告"], url = "/gg/"}'
    first, _second = word(engine, county(STREET, BUREAU, columns=columns), tmp_path).annexes
    assert [row[0] for row in first.rows[1:-1]] == ["未排名", "未排名"]
    assert first.rows[-1][-1] == "至少 3"


@pytest.mark.parametrize(
    ("period", "title", "note"),
    [
        ("2023-05", "关于对2023年5月全县", "注：统计时间为5月1日至5月31日"),
        ("2022", "关于对2022年全县", "注：统计时间为1月1日至12月31日"),
    ],
)
def test_months_and_years(engine: Engine, tmp_path: Path, period: str, title: str, note: str) -> None:
    paper = word(engine, county(STREET, BUREAU, columns=JOINT), tmp_path, period, draft=True)
    assert any(text.startswith(title) for text in paper.prose)
    assert paper.annexes[0].lines[-1].startswith(note)


def test_an_office_has_its_own_template(tmp_path: Path) -> None:
    own = docx.Document()
    for text in (
        "{{ 层级 }}府办通报",
        "{%p if 点名部门 %}",
        "{{ 点名部门 }}共{{ 信息总数 }}条。每周不少于2次。",
        "{%p endif %}",
    ):
        own.add_paragraph(text)
    own.save(str(tmp_path / "own.docx"))
    engine = demo_engine(tmp_path)
    with checked_papers(engine, demo_bulletin(engine), tmp_path / "own.docx") as papers:
        prose = read_word(papers[4]).prose
    assert prose[0] == "区府办通报"
    assert prose[1].endswith("区税务局共750条。每周不少于2次。")
    assert len(prose) == 2


def test_published_on_either_database(any_engine: Engine, tmp_path: Path) -> None:
    site = site_of(county(STREET, BUREAU, columns=JOINT))
    remember(any_engine, site, {column.key: MAY for column in site.columns})
    done = print_bulletin(any_engine, context(site, DAY), Q2, tmp_path / "out", publish=True)
    assert (done.number, done.bulletin.total.number) == (1, 6)
    next_day = date(2023, 7, 4)
    remember(any_engine, site, {"/ab/": MAY, "/a/": [*MAY, date(2023, 6, 30)]}, as_of=next_day)
    later = print_bulletin(any_engine, context(site, next_day), Q2, tmp_path / "later", publish=True)
    assert later.number == 2
    assert "甲街道办事处“救灾领域”：发布时为 3，现为 4。" in later.corrections
    with any_engine.connect() as connection:
        first, second = frozen(connection, site.key, Q2)
    assert (first.facts["sums"]["信息总数"], second.facts["sums"]["信息总数"]) == ("6", "7")
    assert first.published_at.tzinfo is not None
