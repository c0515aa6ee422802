"""Who is named is measured by the annex's own totals, among its like, by what it owes; never the issuer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from sqlalchemy import Engine

from monitor.bulletin.compose import Bulletin
from monitor.bulletin.drafting import compose
from monitor.bulletin.naming import named
from monitor.bulletin.working_copy import working_parts
from tests.bulletin_made import DAY, Q2, remember, site_of
from tests.conftest import context

MAY = date(2023, 5, 2)
SHARED = '{shared = true, path = ["", "公告"], url = "/gg/"}'


@dataclass(frozen=True)
class Office:
    """A department: how many postings each of its columns has; keys written beside a column ("due", "cycle")."""

    name: str
    columns: tuple[int, ...]
    beside: dict[int, str] = field(default_factory=dict)
    elsewhere: int = 0


COUNTIES = {
    "发布总数少而栏目也少的不点名；同样多的一起点名": (
        [Office("甲局", (9, 9, 9)), Office("乙局", (8, 8)), Office("丙局", (5,)), Office("丁局", (1, 1, 1)), Office("戊局", (3, 0, 0))],
        ["丁局", "戊局"],
    ),
    "年度栏目和外部栏目不算在内": (
        [Office("甲局", (9, 9)), Office("乙局", (8,)), Office("丙局", (8, 0, 0), {1: 'due = "01-31"', 2: "cycle = 365"}),
         Office("丁局", (8,), elsewhere=9), Office("戊局", (1,))],
        ["戊局"],
    ),
    "全部栏目都是年度的，没有可比的": (
        [Office("甲局", (9,)), Office("乙局", (8,)), Office("丙局", (0, 0), {0: 'due = "01-31"', 1: "cycle = 365"}), Office("丁局", (1,))],
        ["丁局"],
    ),
    "多数为零：零条的都点名": (
        [Office("甲局", (9,)), Office("乙局", (0,)), Office("丙局", (0, 0)), Office("丁局", (0,))],
        ["乙局", "丙局", "丁局"],
    ),
    "都为零：无从比较": ([Office("甲局", (0,)), Office("乙局", (0,)), Office("丙局", (0,))], []),
    "发通报的办公室不点名，也不作比较": (
        [Office("甲局", (9,)), Office("乙局", (8,)), Office("某县人民政府办公室", (0,)), Office("丁局", (1,))],
        ["丁局"],
    ),
    "政务公开办设在哪个单位，哪个单位就是发通报的": (
        [Office("甲局", (9,)), Office("乙局", (8,)), Office("县政务服务局", (0,)), Office("丁局", (1,))],
        ["丁局"],
    ),
    "乡镇的办公室不是县政府办公室": (
        [Office("甲局", (9,)), Office("乙局", (8,)), Office("柏庄镇人民政府办公室", (1,))],
        ["柏庄镇人民政府办公室"],
    ),
    "只有外部栏目的单位": ([Office("甲局", (9,)), Office("乙局", (8,)), Office("丙局", (), elsewhere=2), Office("丁局", (1,))], ["丁局"]),
}  # fmt: skip


def bulletin_of(
    engine: Engine, offices: list[Office], shared: Sequence[str] = (), waivers: str = ""
) -> Bulletin:
    """A county of these offices. `shared`: whose the postings of a list are that all of them share; `waivers`: tables of the
    site file."""
    units, columns, days = [], [], {"/gg/": [MAY] * len(shared)}
    for number, office in enumerate(offices):
        units.append(f'{{id = "u{number}", name = "{office.name}", kind = "部门"}}')
        for place, count in enumerate(office.columns):
            url, beside = f"/{number}/{place}/", office.beside.get(place)
            columns.append(
                f'{{units = ["u{number}"], path = ["救灾领域", "栏目{number}-{place}"], url = "{url}"'
                + (f", {beside}}}" if beside else "}")
            )
            days[url] = [MAY] * count
        columns += [
            f'{{units = ["u{number}"], path = ["救灾领域", "外{n}"], elsewhere = "见别处"}}'
            for n in range(office.elsewhere)
        ]
    text = (
        'name = "某县人民政府"\nhome = "https://www.mou.example/"\nexpect = {read = 0.1}\n'
        f"units = [{', '.join(units)}]\ncolumns = [{', '.join([*columns, *([SHARED] if shared else [])])}]\n"
        f'[office]\nname = "县政务服务局政务公开科"\n{waivers}'
    )
    site = site_of(text)
    remember(engine, site, days, owners={"/gg/": list(shared)})
    return compose(engine, context(site, DAY), Q2)


@pytest.mark.parametrize("name", COUNTIES)
def test_who_is_named(engine: Engine, name: str) -> None:
    offices, expected = COUNTIES[name]
    naming = bulletin_of(engine, offices).naming
    assert sorted(verdict.unit.name for verdict in named(naming.departments)) == sorted(expected)


def test_what_a_shared_list_adds_counts_in_the_naming_as_in_the_annex(engine: Engine) -> None:
    """The first of the annex by a list it shares with others is not named for publishing little."""
    offices = [Office("甲局", (1,)), Office("乙局", (3,)), Office("丙局", (4,)), Office("丁局", (2,))]
    bulletin = bulletin_of(engine, offices, ["u0"] * 8)
    totals = {block.unit: block.total.number for block in bulletin.annex2}
    assert bulletin.annex2[0].unit == "甲局"
    assert {v.unit.name: v.case.count for v in bulletin.naming.departments} == {
        name: totals[name] for name in ("甲局", "乙局", "丙局", "丁局")
    }
    assert [v.unit.name for v in named(bulletin.naming.departments)] == ["乙局", "丁局"]


FREES = '[[waivers]]\nrule = "{rule}"\nunit = "u3"\npath = ["救灾领域"{column}]\nwhy = "合并中"\nuntil = {until}\n'
WAIVERS = {
    # By its five columns 丁局 has 1.2 postings a column, by the two it owes 3.0.
    "没有豁免": ("", ["丁局", "戊局"], (5, 0)),
    "豁免没有信息的栏目": (FREES.format(rule="column.silent", column="", until="2023-07-31"), ["戊局"], (2, 3)),
    "豁免的规则写作通配": (FREES.format(rule="column.*", column="", until="2023-07-31"), ["戊局"], (2, 3)),
    "只豁免一个栏目": (
        FREES.format(rule="column.silent", column=', "栏目3-2"', until="2023-07-31"), ["丁局", "戊局"], (4, 1),
    ),
    "豁免的栏目仍有信息的照算": (
        FREES.format(rule="column.silent", column=', "栏目3-0"', until="2023-07-31"), ["丁局", "戊局"], (5, 0),
    ),
    "豁免已经过期": (FREES.format(rule="column.silent", column="", until="2023-06-30"), ["丁局", "戊局"], (5, 0)),
    "豁免的是别的规则": (FREES.format(rule="posting.*", column="", until="2023-07-31"), ["丁局", "戊局"], (5, 0)),
}  # fmt: skip


@pytest.mark.parametrize("name", WAIVERS)
def test_a_waived_column_without_postings_is_not_owed(engine: Engine, name: str) -> None:
    waivers, expected, columns = WAIVERS[name]
    offices = [
        Office("甲局", (9, 9)), Office("乙局", (9, 3, 0)), Office("丙局", (5, 2, 1)), Office("丁局", (3, 3, 0, 0, 0)), Office("戊局", (1,)),
    ]  # fmt: skip
    bulletin = bulletin_of(engine, offices, waivers=waivers)
    verdicts = {verdict.unit.name: verdict for verdict in bulletin.naming.departments}
    assert sorted(v.unit.name for v in named(verdicts.values())) == expected
    found = verdicts["丁局"]
    assert (found.case.owed, found.case.waived) == columns
    text = str(working_parts(bulletin))
    assert (f"另有{columns[1]}个栏目没有信息而已豁免" in text) == bool(columns[1])
