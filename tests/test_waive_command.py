"""`gongkai waive` and `unwaive`: what comes into the site file, what stays as it was, and which findings are set aside."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from crawler.sites.load import load_site
from crawler.sites.waivers import with_waiver, without_waivers
from rules.errors import WrongSiteFile
from rules.vocabulary.places import Waiver
from tests.bulletin_made import remember, site_of
from tests.commandline import Said, gongkai

SITE = """\
# 某县的站点文件
name = "某县人民政府"
home = "https://www.mou.example"

[[units]]
id = "czj"
name = "县财政局"   # 联系人：老张
kind = "部门"

[[units]]
id = "mzj"
name = "县民政局"
kind = "部门"

[[columns]]
units = ["czj", "mzj"]
path = ["社会救助领域", "政策法规"]
url = "/shjz/"
cycle = 30

[[columns]]
units = ["czj"]
path = ["", "预算/决算"]
url = "/ys/"
cycle = 30

# 去年的报备
[[waivers]]
rule = "column.empty"
unit = "县财政局"
why = "栏目新开"    # 张主任批
until = 2023-12-31

# 规则的本地设定
[rules."column.stale"]
days = 90
"""
TODAY = ["--as-of", "2023-07-03"]
STALE = ["--rule", "column.stale", "--why", "决算每年八月公开", "--until", "2023-09-01"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mou.toml"
    path.write_bytes(SITE.encode())
    return path


def waive(file: Path, *more: str, verb: str = "waive") -> Said:
    day = TODAY if verb == "waive" else []
    return gongkai(file.parent, verb, file, *more, *day)


def read_old(engine: Engine) -> None:
    """Both columns read whole in a night, with nothing new for four months."""
    remember(engine, site_of(SITE), {"/shjz/": [date(2023, 3, 1)], "/ys/": [date(2023, 3, 2)]})


def checked(folder: Path, file: Path) -> dict[str, dict[str, Any]]:
    rows = gongkai(folder, "check", file, "2023Q2", *TODAY, "--json").json
    return {row["subject"]: row for row in rows if row["rule"] == "column.stale"}


def test_a_waiver_of_one_unit_of_a_joint_duty_frees_that_unit_alone(
    engine: Engine, file: Path, tmp_path: Path
) -> None:
    read_old(engine)
    said = waive(file, *STALE, "--unit", "县财政局", "--who", "王科长")
    assert said.status == 0, said.err
    assert "现有问题中由此搁置 2 个" in said.out
    assert "共担责任中只免去该单位：县财政局、县民政局　“社会救助领域›政策法规”" in said.out
    assert "搁置：县财政局　“预算/决算”" in said.out
    [joint, own] = checked(tmp_path, file).values()
    assert (joint["units"], joint["waived"]) == ("县民政局", None)
    assert own["waived"] == "决算每年八月公开（豁免至 2023-09-01，王科长）"


def test_everything_else_in_the_file_stays_as_it_was(file: Path) -> None:
    assert waive(file, *STALE, "--path", "社会救助领域/政策法规").status == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith(SITE.rstrip())
    [_, new] = load_site(file).waivers
    assert new == Waiver(
        "column.stale", "决算每年八月公开", date(2023, 9, 1), path=("社会救助领域", "政策法规")
    )
    gone = waive(file, "--rule", "column.stale", "--path", "社会救助领域›政策法规", verb="unwaive")
    assert gone.status == 0, gone.err
    assert file.read_text(encoding="utf-8").rstrip() == SITE.rstrip()


def test_taking_out_a_waiver_in_the_middle_leaves_the_comments_of_the_next_table(file: Path) -> None:
    said = waive(file, "--rule", "column.empty", "--unit", "czj", verb="unwaive")
    assert said.status == 0, said.err
    assert "已从站点文件" in said.out and "栏目新开（豁免至 2023-12-31）" in said.out
    text = file.read_text(encoding="utf-8")
    assert "栏目新开" not in text and "# 规则的本地设定\n[rules." in text
    assert load_site(file).waivers == ()


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_a_file_of_any_encoding_with_the_ends_of_line_of_windows(
    tmp_path: Path, file: Path, encoding: str
) -> None:
    file.write_bytes(SITE.replace("\n", "\r\n").encode(encoding))
    assert waive(file, *STALE).status == 0
    text = file.read_bytes().decode()
    assert text.count("\n") == text.count("\r\n") and "老张" in text
    assert len(load_site(file).waivers) == 2


def test_a_second_waiver_of_the_same_takes_the_place_of_the_first(file: Path) -> None:
    assert waive(file, *STALE).status == 0
    said = waive(file, "--rule", "column.stale", "--why", "顺延", "--until", "2023-12-31")
    assert "取代原有的豁免" in said.out
    assert [each.why for each in load_site(file).waivers] == ["栏目新开", "顺延"]


def test_a_waiver_in_the_place_of_another_sets_aside_what_that_one_did(engine: Engine, file: Path) -> None:
    read_old(engine)
    first = waive(file, *STALE, "--unit", "czj").out.splitlines()
    again = waive(file, *STALE, "--unit", "czj", "--why", "顺延").out.splitlines()
    assert "现有问题中由此搁置 2 个。" == first[-1] == again[-1]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (["--unit", "县民政居"], "没有 id、名称或别名为“县民政居”的单位，是否要写：县民政局"),
        (["--unit", "财政局"], "是否要写：县财政局"),
        (["--rule", "colum.stale"], "没有编号或名称为“colum.stale”的规则，是否要写：column.stale"),
        (["--rule", "栏目更新不急时"], "是否要写：栏目更新不及时"),
        (["--rule", "postings.*"], "没有编号或名称为“postings.*”的规则"),
        (["--path", "社会救助领域/政策法归"], "是否要写：社会救助领域/政策法规"),
        (
            ["--path", "预算/决算", "--unit", "mzj"],
            "县民政局没有“预算/决算”这一栏目，该栏目的责任单位是 县财政局",
        ),
        (["--until", "2023-07-02"], "2023-07-02 已经过去"),
        (["--until", "九月"], "日期“九月”无法识别"),
        (["--why", ""], "有一个参数是空的"),
        (["--why", "一行\n[[units]]"], "没有改动站点文件"),
        (["--rule", "*"], "应写明 --unit 或 --path"),
    ],
)
def test_what_is_refused_leaves_the_file_alone(file: Path, changed: list[str], said: str) -> None:
    done = waive(file, *STALE, *changed)
    assert done.status == 2
    assert said in done.err
    assert file.read_text(encoding="utf-8") == SITE


def test_names_with_a_stroke_in_them_quotation_marks_and_columns_outside_the_fields(
    engine: Engine, file: Path, tmp_path: Path
) -> None:
    read_old(engine)
    why = ["--rule", "column.*", "--why", '局长说"八月"\\九月', "--until", "2023-07-03"]
    said = waive(file, *why, "--path", "预算/决算")
    assert said.status == 0, said.err
    assert load_site(file).waivers[-1].path == ("预算/决算",)
    assert [row["waived"] is None for row in checked(tmp_path, file).values()] == [True, False]


def test_a_rule_by_its_name_and_a_column_by_its_last_name(file: Path) -> None:
    named = ["--rule", "栏目更新不及时", "--path", "政策法规"]
    said = waive(file, *named, "--why", "换届", "--until", "2025-01-01")
    assert load_site(file).waivers[-1].rule == "column.stale"
    assert load_site(file).waivers[-1].path == ("社会救助领域", "政策法规")
    assert "豁免期超过一年" in said.out and "还没有采集过，豁免自第一次采集起生效" in said.out
    assert waive(file, *named, verb="unwaive").status == 0
    assert len(load_site(file).waivers) == 1


def test_a_site_never_crawled_in_a_database_of_others_has_no_findings_to_free(
    engine: Engine, file: Path, tmp_path: Path
) -> None:
    read_old(engine)
    other = file.with_name("lin.toml")
    other.write_bytes(file.read_bytes())
    said = waive(other, *STALE)
    assert "还没有采集过，豁免自第一次采集起生效" in said.out and "没有因此搁置" not in said.out


def test_the_path_of_a_waiver_may_be_written_with_an_empty_field_as_the_column_is() -> None:
    text = (
        SITE
        + '\n[[waivers]]\nrule = "column.stale"\npath = ["", "预算/决算"]\nwhy = "x"\nuntil = 2023-12-31\n'
    )
    assert site_of(text).waivers[-1].path == ("预算/决算",)


def test_no_such_waiver_names_those_there_are(file: Path) -> None:
    said = waive(file, "--rule", "column.stale", verb="unwaive")
    assert said.status == 2
    assert "没有这样的豁免" in said.err and "column.empty 空白栏目，县财政局，全部栏目：栏目新开" in said.err
    assert file.read_text(encoding="utf-8") == SITE


def test_the_file_keeps_its_mode_and_a_link_its_target(file: Path, tmp_path: Path) -> None:
    file.chmod(0o644)
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    assert waive(link, *STALE).status == 0
    assert link.is_symlink() and file.stat().st_mode & 0o777 == 0o644
    assert len(load_site(file).waivers) == 2


@pytest.mark.parametrize(
    "text",
    [
        'waivers = [{ rule = "a", why = "b", until = 2023-01-01 }]\n',
        'name = """\n[[waivers]]\n"""\n[[waivers]]\nrule = "a"\n',
        '[["waivers"]]\nrule = "a"\n',
    ],
    ids=["inline", "in a text", "quoted"],
)
def test_a_layout_that_is_not_understood_is_left_to_the_office(text: str) -> None:
    with pytest.raises(WrongSiteFile):
        without_waivers(text, [0])


def test_a_table_cannot_be_added_to_a_list_in_brackets() -> None:
    with pytest.raises(WrongSiteFile):
        with_waiver('waivers = [{ rule = "a" }]\n', Waiver("b", "c", date(2023, 1, 1)))
