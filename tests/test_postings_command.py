"""`gongkai postings`: the rows behind a number are as many as the number says, everywhere."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, update

from db.tables.crawl import PostingRow
from tests.bulletin_made import CUT, DAY, DEMO, UNREAD, demo_engine, remember, site_of
from tests.commandline import Said, gongkai

SITE = """\
name = "某县人民政府"
home = "https://www.mou.example"
units = [
  { id = "czj", name = "县财政局", kind = "部门", aliases = ["财政局"] },
  { id = "mzj", name = "县民政局", kind = "部门" },
]
columns = [
  { units = ["czj", "mzj"], path = ["社会救助领域", "政策法规"], url = "/shjz/" },
  { units = ["czj"], path = ["财政预决算领域", "政策法规"], url = "/cz/" },
  { units = ["czj"], path = ["", "预算/决算"], url = "/ys/" },
  { units = ["mzj"], path = ["养老服务领域"], elsewhere = "跳转到省平台" },
]
"""
MAY, JUNE = date(2023, 5, 31), date(2023, 6, 1)
JUNES = [date(2023, 6, day) for day in range(11, 1, -1)]
BEFORE, LAST, AFTER = date(2023, 3, 31), date(2023, 6, 30), date(2023, 7, 1)


@pytest.fixture
def file(tmp_path: Path, engine: Engine) -> Path:
    """A site read on two nights: on the second /cz/ is without one of its postings, and /ys/ was turned away."""
    path = tmp_path / "mou.toml"
    path.write_text(SITE, encoding="utf-8")
    site = site_of(SITE)
    before = {"/shjz/": [MAY, JUNE, BEFORE, AFTER, LAST], "/cz/": [*JUNES, MAY], "/ys/": []}
    remember(engine, site, before, as_of=DAY - timedelta(days=1), closes={"/ys/": UNREAD})
    remember(engine, site, before | {"/cz/": JUNES}, as_of=DAY, closes={"/ys/": UNREAD})
    # A list that shrank is believed once it was read a second time; here that night is left out.
    with engine.begin() as connection:
        gone = (PostingRow.title == "信息10", PostingRow.published == MAY)
        connection.execute(update(PostingRow).where(*gone).values(withdrawn_on=DAY))
    return path


def postings(file: Path, *words: object, as_of: date = DAY) -> Said:
    return gongkai(file.parent, "postings", file, *words, "--as-of", as_of)


def test_every_number_of_a_county_has_as_many_rows_as_it_says(tmp_path: Path) -> None:
    demo_engine(tmp_path, {"/jczwgk/jiuyecy/jyxx/": CUT}).dispose()
    counts = gongkai(tmp_path, "count", DEMO, "2023Q2", "--as-of", DAY, "--json").json
    seen = 0
    for unit in ("区教育局", "红旗路街道办事处", "portal"):
        told = gongkai(tmp_path, "postings", DEMO, unit, "2023Q2", "--as-of", DAY, "--json").json
        for each in told["counts"]:
            listed = each.pop("postings")
            assert each in counts
            assert sum(posting["counted"] for posting in listed) == (each["count"] or 0)
            seen += len(listed)
        assert told["total"] == sum(each["count"] or 0 for each in told["counts"])
    assert seen > 10


def test_a_joint_column_stands_with_each_of_its_units_and_days_are_those_of_the_period(file: Path) -> None:
    for unit in ("县民政局", "财政局"):
        told = postings(file, unit, "社会救助领域/政策法规", "2023Q2", "--json").json
        assert told["total"] == 3 and told["exact"]
        assert [each["published"] for each in told["counts"][0]["postings"]] == [
            "2023-06-30",
            "2023-06-01",
            "2023-05-31",
        ]


def test_what_was_withdrawn_is_listed_and_not_counted_from_the_day_on_which_that_was_seen(file: Path) -> None:
    [count] = postings(file, "czj", "财政预决算领域/政策法规", "2023Q2", "--json").json["counts"]
    assert count["count"] == 10
    *stands, gone = count["postings"]
    assert {(each["counted"], each["withdrawn_on"]) for each in stands} == {(True, None)}
    assert (gone["published"], gone["counted"], gone["withdrawn_on"]) == ("2023-05-31", False, "2023-07-03")
    yesterday = DAY - timedelta(days=1)
    [count] = postings(file, "czj", "/cz/", "2023Q2", "--json", as_of=yesterday).json["counts"]
    assert (count["count"], {each["withdrawn_on"] for each in count["postings"]}) == (11, {None})


def test_last_names_that_are_the_same_are_all_listed_and_the_sentence_says_how_far_it_reaches(
    file: Path,
) -> None:
    said = postings(file, "县财政局", "政策法规", "2023Q2")
    assert said.status == 0
    assert "县财政局、县民政局“社会救助领域›政策法规”：3 条" in said.out
    assert "县财政局“财政预决算领域›政策法规”：10 条，另有 1 条已撤下，不计" in said.out
    assert "县财政局 2023 年第二季度合计 13 条。数据截至 2023-07-03，最近读取 2023-07-03。" in said.out
    later = postings(file, "县财政局", "政策法规", "2023Q2", as_of=DAY + timedelta(days=9))
    assert "最近读取 2023-07-03。此后 9 天没有读取" in later.out


def test_column_and_period_in_either_order_and_the_beginning_of_a_path(file: Path) -> None:
    one = postings(file, "czj", "政策法规", "2023Q2", "--json").json
    assert postings(file, "czj", "2023Q2", "政策法规", "--json").json == one
    begun = postings(file, "czj", "2023Q2", "社会救助领域", "--json").json
    assert [count["count"] for count in begun["counts"]] == [3]


def test_what_was_not_read_and_what_is_elsewhere_are_no_zeros(file: Path) -> None:
    assert "县财政局“预算/决算”：未读取" in postings(file, "czj", "预算/决算", "2023Q2").out
    assert "县民政局“养老服务领域”：跳转到省平台" in postings(file, "mzj", "2023Q2").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["县民政居", "2023Q2"], "没有 id、名称或别名为“县民政居”的单位，是否要写：县民政局"),
        (["czj", "政策法归", "2023Q2"], "县财政局没有“政策法归”这一栏目，是否要写：政策法规"),
        (["mzj", "预算/决算", "2023Q2"], "县民政局没有“预算/决算”这一栏目，该栏目的责任单位是 县财政局，"),
        (["czj", "政策", "法规", "2023Q2"], "是多余的参数"),
        (["czj"], "缺少参数 [栏目] 时段"),
        (["czj", "2023年第二季度"], "时段“2023年第二季度”无法识别，是否要写 2023Q2"),
        (["czj", "2023年6月"], "是否要写 2023-06"),
        (["czj", "2023Q9"], "时段“2023Q9”无法识别，季度是 Q1 至 Q4，请写成"),
        (["czj", "2023Q4"], "时段 2023Q4（2023 年第四季度）还没有开始，今天按 2023-07-03 计"),
        (["czj", "2023Q2", "--xlsx", "信息.xls"], "应以 .xlsx 结尾"),
    ],
)
def test_what_is_mistyped_is_refused_with_what_may_be_meant(file: Path, words: list[str], said: str) -> None:
    done = postings(file, *words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_a_site_that_was_not_crawled_by_then_is_told_with_what_to_do(file: Path) -> None:
    done = postings(file, "czj", "2023Q2", as_of=date(2023, 6, 30))
    assert done.status == 2
    assert "还没有采集过" in done.err and "gongkai crawl mou" in done.err


def test_the_sheet_holds_the_same_rows_and_no_formula(file: Path, tmp_path: Path) -> None:
    done = postings(file, "czj", "2023Q2", "--xlsx", "清单/信息.xlsx", "--json")
    assert done.status == 0, done.err
    page = openpyxl.load_workbook(tmp_path / "清单" / "信息.xlsx").active
    rows = [*page.iter_rows(min_row=4, values_only=True)]
    listed = [each for count in done.json["counts"] for each in count["postings"]]
    assert [f"{row[2]:%Y-%m-%d}" for row in rows] == [each["published"] for each in listed]
    assert page.cell(2, 1).value == "合计 至少 13 条；写有撤下日期的不计。"
    assert page.print_title_rows == "$3:$3"
