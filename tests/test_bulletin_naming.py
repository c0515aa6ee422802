"""Who is named: by the stated rule; whoever adds or drops a name says why, and passes nobody over in silence."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.connect import open_database
from monitor.bulletin.compose import Edits
from monitor.bulletin.drafting import compose
from monitor.bulletin.naming import NamingEdit, named
from monitor.bulletin.template_words import words_of
from monitor.bulletin.working_copy import working_parts
from rules.errors import WrongInput
from tests.bulletin_made import DAY, Q2, UNREAD, demo_bulletin, demo_engine, demo_site, remember, site_of
from tests.commandline import ROOT, gongkai
from tests.conftest import context

BY_RULE = ["灯塔路街道办事处", "洹北街道办事处", "彰东街道办事处", "柏庄镇政府", "红旗路街道办事处"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return demo_engine(tmp_path_factory.mktemp("naming"))


def wishes(*texts: str) -> tuple[NamingEdit, ...]:
    return tuple(NamingEdit(*text.split("=")) for text in texts)


def local(
    engine: Engine, names: tuple[NamingEdit, ...] = (), skips: tuple[NamingEdit, ...] = ()
) -> list[str]:
    bulletin = demo_bulletin(engine, Edits(names, skips))
    return [verdict.unit.name for verdict in named(bulletin.naming.local)]


def test_the_rule_alone_names_whom_the_seed_names(engine: Engine) -> None:
    assert local(engine) == BY_RULE


# The office's own bulletin of that quarter named 文广体旅 (5 in 2 columns) and passed over 审计 and 财政 (2 each).
DEPARTMENTS = ["区住建局", "区统计局", "区自然资源局", "区农业农村局", "区审计局", "区财政局", "区税务局"]


def test_the_departments_named_and_why_not_the_others(engine: Engine) -> None:
    naming = demo_bulletin(engine).naming
    assert [verdict.unit.name for verdict in named(naming.departments)] == DEPARTMENTS
    why = {verdict.unit.name: verdict.why for verdict in naming.departments}
    assert why["区文广体旅局"] == "每个栏目的平均数不低于中位数"
    assert why["区人社局"] == "发布总数不低于中位数"


def test_a_name_dropped_with_a_reason_is_gone_and_the_reason_stands_in_the_working_copy(
    engine: Engine,
) -> None:
    edits = Edits(skips=wishes("红旗路街道=正在整改，六月底已补发"))
    bulletin = demo_bulletin(engine, edits)
    assert [v.unit.name for v in named(bulletin.naming.local)] == BY_RULE[:-1]
    parts = {part.title: part.rows for part in working_parts(bulletin)}
    assert parts["编辑对点名的增删"] == (("红旗路街道办事处", "删去", "正在整改，六月底已补发"),)
    assert words_of(bulletin)["点名街道乡镇空白"] == ""


def test_a_name_added_above_all_who_are_named_is_refused_with_those_passed_over(engine: Engine) -> None:
    with pytest.raises(WrongInput) as raised:
        local(engine, wishes("豆腐营街道办事处=连续两季度下降"))
    said = str(raised.value)
    assert "点名了豆腐营街道办事处（23 条、9 个栏目）" in said
    assert "彰北街道办事处（20 条、9 个栏目）、民航路街道办事处（20 条、9 个栏目）" in said
    assert "曙光路" not in said
    assert "没有写入任何文件" in said


def test_a_name_added_with_exemptions_stated_for_those_below(engine: Engine) -> None:
    skips = wishes("彰北街道办事处=五月起合并办公", "minhanglu=主任空缺")
    assert local(engine, wishes("豆腐营街道办事处=连续两季度下降"), skips) == ["豆腐营街道办事处", *BY_RULE]


def test_a_name_added_beside_an_equal_is_refused_without_a_reason(engine: Engine) -> None:
    with pytest.raises(WrongInput, match="却没有点名发布同样少或更少的彰北街道办事处"):
        local(engine, wishes("民航路街道办事处=两个栏目长期不更新"))
    skips = wishes("彰北街道办事处=五月起合并办公")
    bulletin = demo_bulletin(engine, Edits(wishes("民航路街道办事处=两个栏目长期不更新"), skips))
    rows = next(part.rows for part in working_parts(bulletin) if part.title == "点名情况：街道、乡镇")
    reasons = {row[0]: row[-1] for row in rows}
    assert reasons["彰北街道办事处"] == "五月起合并办公"
    assert reasons["民航路街道办事处"] == "两个栏目长期不更新"
    assert reasons["灯塔路街道办事处"] == "按规则点名"
    assert reasons["解放路街道办事处"] == "发布总数和每个栏目的平均数都不低于中位数"


@pytest.mark.parametrize(
    ("names", "skips", "complaint"),
    [
        (["红旗路街道="], [], "没有写明理由"),
        (["某某局=理由"], [], "“某某局”不是站点文件里的单位"),
        (["柏庄镇政府=甲"], ["柏庄镇政府=乙"], "柏庄镇政府同时写在 --name 和 --skip 中"),
        (["区工信局=甲"], [], "区工信局没有独自负责的基层政务公开栏目，不能点名"),
    ],
)
def test_wishes_that_cannot_be_granted(
    engine: Engine, names: list[str], skips: list[str], complaint: str
) -> None:
    with pytest.raises(WrongInput, match=complaint):
        local(engine, wishes(*names), wishes(*skips))


def test_who_was_not_read_whole_is_not_named_and_needs_no_exemption(tmp_path: Path) -> None:
    column = next(c for c in demo_site().columns if c.duties[0].units == ("hongqilu",))
    engine = demo_engine(tmp_path, {column.key: UNREAD})
    assert local(engine) == BY_RULE[:-1]
    with pytest.raises(WrongInput, match="红旗路街道办事处有栏目没有完整读取（至少 13 条），不能点名"):
        local(engine, wishes("红旗路街道办事处=空白栏目"))


WAIVED = """
name = "某县人民政府"
home = "https://www.mou.example/"
expect = {read = 0.5}
units = [
  {id = "a", name = "甲局", kind = "部门"}, {id = "b", name = "乙局", kind = "部门"},
  {id = "c", name = "丙局", kind = "部门"}, {id = "d", name = "丁局", kind = "部门"},
]
columns = [
  {units = ["a"], path = ["救灾领域"], url = "/a/"}, {units = ["b"], path = ["教育领域"], url = "/b/"},
  {units = ["c"], path = ["养老领域"], url = "/c/"}, {units = ["d"], path = ["医疗领域"], url = "/d/"},
]
[[waivers]]
rule = "unit.few_postings"
unit = "a"
why = "机构改革，已报备"
until = 2030-01-01
"""


def test_a_waiver_is_an_exemption_and_cannot_be_overruled(tmp_path: Path) -> None:
    site, engine = site_of(WAIVED), open_database(f"sqlite:///{tmp_path / 'g.db'}")
    days = {"/a/": 1, "/b/": 2, "/c/": 9, "/d/": 9}
    remember(engine, site, {key: [date(2023, 5, 2)] * number for key, number in days.items()})
    bulletin = compose(engine, context(site, DAY), Q2)
    verdicts = {v.unit.name: (v.named, v.why) for v in bulletin.naming.departments}
    assert verdicts["乙局"] == (True, "按规则点名")
    assert verdicts["甲局"][0] is False
    assert "机构改革，已报备" in verdicts["甲局"][1]
    with pytest.raises(WrongInput, match="甲局已经豁免"):
        compose(engine, context(site, DAY), Q2, Edits(wishes("甲局=仍应点名")))


def test_the_rule_stands_in_the_working_copy(engine: Engine) -> None:
    rule = next(part for part in working_parts(demo_bulletin(engine)) if part.title == "点名规则")
    assert rule.lines[0].startswith("发布信息较少（建议点名）。依据：通报惯例")
    # Its limits as numbers, not by the names they have in a site file.
    assert "都低于同类单位中位数的1.0倍" in rule.lines[1]
    assert "只比较至少3个同类单位" in rule.lines[1]
    assert rule.lines[1].endswith("（界限可在站点文件 unit.few_postings 的 share、peers 中调整。）")


def test_unfair_naming_at_the_command_line(tmp_path: Path) -> None:
    demo_engine(tmp_path).dispose()
    command = ("bulletin", ROOT / "demo" / "site.toml", "2023Q2", "--as-of", "2023-07-03", "--out", "out")
    said = gongkai(tmp_path, *command, "--name", "豆腐营街道办事处=连续下降")
    assert said.status == 2
    assert "豆腐营街道办事处（23 条、9 个栏目）" in said.err
    assert "彰北街道办事处（20 条、9 个栏目）" in said.err
    assert not (tmp_path / "out").exists()
    said = gongkai(tmp_path, *command, "--skip", "红旗路街道办事处")
    assert said.status == 2
    assert "没有写明单位和理由" in said.err
    said = gongkai(tmp_path, *command, "--skip", "红旗路街道办事处=正在整改")
    assert said.status == 0, said.err
    assert "正在整改" in (tmp_path / "out" / "2023Q2" / "通报_2023Q2_北关区.txt").read_text(encoding="utf-8")
