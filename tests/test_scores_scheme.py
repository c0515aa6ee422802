"""Scheme files: what the documented one means, and what is refused in which words."""

from decimal import Decimal
from pathlib import Path

import pytest

from monitor.scores.scheme import Joint, Scheme, Ties, load_scheme, parse_scheme, scheme_path
from rules.errors import WrongInput
from rules.vocabulary.terms import UnitKind

DOCUMENTED = Path(__file__).parent.parent / "docs" / "scores.md"
FILE = Path("scores/mou.toml")


def documented() -> str:
    return DOCUMENTED.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]


def read(text: str) -> Scheme:
    return parse_scheme(text, FILE)


def refuse(text: str) -> str:
    with pytest.raises(WrongInput) as caught:
        read(text)
    return str(caught.value)


def test_what_the_documented_scheme_means() -> None:
    scheme = read(documented())
    assert [part.name for part in scheme.components] == [
        "公共服务",
        "交流互动",
        "网站建设及安全",
        "政务信息公开",
    ]
    assert [part.fixed for part in scheme.components] == [4, 2, 13, 0]
    assert (scheme.carry, scheme.first, scheme.ties, scheme.joint) == (True, 1, Ties.SHARED, Joint.NOBODY)
    assert scheme.items["领导访谈"][1].points == 20
    assert UnitKind.STREET in scheme.groups[1].kinds


def test_half_a_point_is_exact() -> None:
    points = read(documented()).components[3].postings[0].points
    assert (type(points), str(points)) == (Decimal, "0.5")


def test_the_longest_path_counts() -> None:
    scheme = read(documented())
    worth = scheme.worth(("救灾领域", "备灾管理"))
    assert worth is not None
    assert worth[1].points == 1
    other = scheme.worth(("养老服务领域",))
    assert other is not None
    assert other[1].points == Decimal("0.5")


def test_it_may_stand_under_scores() -> None:
    text = documented().replace("[[", "[[scores.")
    assert read("[scores]\n" + text) == read(documented())


def test_it_is_looked_for_beside_the_site_file() -> None:
    assert scheme_path(Path("sites/mou.toml")) == Path("sites/scores/mou.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("fixed = 4", "fixed = -4", "第 19 行，components[1].fixed：数值太小"),
        ("fixed = 4", 'fixed = "很多"', "第 19 行，components[1].fixed：应为分数"),
        ("fixed = 4", "fixed = true", "components[1].fixed：应为分数"),
        ("fixed = 4", "fixed = nan", "components[1].fixed：应为分数"),
        ("fixed = 4", "fixed = 1e99", "components[1].fixed：数值太大"),
        ("fixed = 4", "fixed = 0.00001", "components[1].fixed：小数最多四位"),
        ("fixed = 4", "fixd = 4", "第 19 行，components[1].fixd：不认识这个键"),
        ("fixed = 4", "", "这一项没有分"),
        ('ties = "shared"', 'ties = "both"', "ties：不是可用的值，可用："),
        ('name = "交流互动"', 'name = "公共服务"', "得分项“公共服务”写了两次"),
        ('item = "市级采用"', 'item = "领导访谈"', "加分项“领导访谈”写了两次"),
        ('path = ["救灾领域"]', "path = []", "栏目“（全部）”写了两次"),
        ('kinds = ["部门"]', 'kinds = ["部门", "街道"]', "单位类别“街道”写了两次"),
        ('kinds = ["部门"]', 'kinds = ["门户"]', "groups[1].kinds[1]：单位类别应为"),
        ("times = 1", "times = 1.5", "bonuses[1].times：应为整数"),
        ("best = 2", "best = 2 2", "不是正确的 TOML"),
        ("cap = 100", "cap = -1", "components[4].cap：数值太小"),
        ("fixed = 13", "fixed = 13\ncap = 5", "fixed 超过了 cap"),
    ],
)
def test_what_is_refused(old: str, new: str, said: str) -> None:
    assert said in refuse(documented().replace(old, new, 1))


def test_every_complaint_names_the_file() -> None:
    assert refuse("title = 3").startswith("评分方案 scores/mou.toml ")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="找不到评分方案"):
        load_scheme(tmp_path / "没有.toml")
