import pytest

from rules.vocabulary.places import Unit
from rules.vocabulary.terms import UnitKind
from rules.vocabulary.unit_names import UnitMatcher

UNITS = [
    Unit("czj", "区财政局", UnitKind.DEPARTMENT),
    Unit("scjg", "区市场监管局", UnitKind.DEPARTMENT, ("市场监督管理局",)),
    Unit("hql", "红旗路街道办事处", UnitKind.STREET, ("红旗路街道",)),
    Unit("hb", "洹北街道办事处", UnitKind.STREET),
]


@pytest.mark.parametrize(
    ("printed", "owner"),
    [
        ("区财政局", "czj"),
        ("北关区财政局", "czj"),
        ("安阳市北关区财政局", "czj"),
        ("安阳市 北关区 财政局", "czj"),
        ("财政局", "czj"),
        ("北关区财政局国库科", "czj"),
        ("北关区市场监督管理局", "scjg"),
        ("市场监管局", "scjg"),
        ("红旗路街道", "hql"),
        ("北关区红旗路街道办事处", "hql"),
        ("街道办事处", None),
        ("安阳市人民政府", None),
        ("财政部", None),
        ("", None),
        (None, None),
    ],
)
def test_whose_it_is(printed: str | None, owner: str | None) -> None:
    assert UnitMatcher(UNITS, "安阳市北关区人民政府").find(printed) == owner


def test_a_name_that_two_units_could_claim_is_nobodys() -> None:
    twins = [Unit("a", "城关镇财政所", UnitKind.DEPARTMENT), Unit("b", "新集镇财政所", UnitKind.DEPARTMENT)]
    assert UnitMatcher(twins).find("财政所") is None
