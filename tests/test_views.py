"""The views for people: docs/database.md's queries, run on both engines, give the demo county's papers by SQL alone."""

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from db.connect import open_database
from db.views import VIEWS
from demo.county import County
from monitor.night.night import remember_period
from tests.bulletin_made import (
    CUT,
    DAY,
    Q2,
    UNREAD,
    demo_bulletin,
    demo_letters,
    demo_postings,
    demo_site,
    remember,
)
from tests.conftest import ROOT, context

DOCS = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")
QUERIES = {int(n): sql for n, sql in re.findall(r"### (\d+)\. [^\n]*\n.*?```sql\n(.*?)```", DOCS, re.S)}
GIVEN = {"site": demo_site().key, "period": "2023Q2", "night": DAY, "unit": "jiefanglu"}
Row = dict[str, Any]


def night(engine: Engine, **closes: Any) -> None:
    """One night on the demo county."""
    site, county = demo_site(), County(DAY)
    remember(engine, site, demo_postings(county), demo_letters(county, site), **closes)
    with engine.begin() as connection:
        remember_period(connection, context(site, DAY), Q2)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def county(
    request: pytest.FixtureRequest,
    blank: Path,
    tmp_path_factory: pytest.TempPathFactory,
    on_postgresql: Callable[[], Engine],
) -> Iterator[Engine]:
    """A database of each kind after a night, which is only asked."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{shutil.copy(blank, tmp_path_factory.mktemp('views'))}")
    else:
        engine = on_postgresql()
    night(engine)
    yield engine
    engine.dispose()


def asked(engine: Engine, sql: str) -> list[Row]:
    given = {name: value for name, value in GIVEN.items() if f":{name}" in sql}
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(sql), given).mappings()]


def truth(shared: Path, number: int) -> list[dict[str, str]]:
    with (shared / "truth" / f"beiguan_2023Q2_annex{number}.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        return list(csv.DictReader(file))


def test_the_ten_queries_are_there() -> None:
    assert list(QUERIES) == list(range(1, 11))
    asked_for = " ".join(QUERIES.values())
    assert [
        view
        for view in VIEWS
        if view in asked_for or view in ("duty_list", "counts_by_period", "open_findings")
    ] == list(VIEWS)


def test_annex_1_by_sql_is_the_truth_cell_for_cell(county: Engine, shared: Path) -> None:
    rows = asked(county, QUERIES[1])
    said = [
        [
            row["rank"],
            row["responsible"],
            row["field"],
            row["level1"],
            row["level2"],
            row["count"],
            row["total"],
        ]
        for row in rows
    ]
    expected = [
        [int(t["rank"]), t["unit"], t["field"], t["level1"], t["level2"], int(t["count"]), int(t["unit_total"])]
        for t in truth(shared, 1)
    ]  # fmt: skip
    assert said == expected
    assert {(row["exactness"], row["grand_total"]) for row in rows} == {("exact", 198)}


def test_annex_2_by_sql_is_the_truth_cell_for_cell(county: Engine, shared: Path) -> None:
    rows = asked(county, QUERIES[2])
    names = ("number", "field", "level1", "level2", "count", "total", "responsible")
    expected = [
        [
            int(t["row"]), t["field"], t["level1"], t["level2"], None if t["status"] == "external" else int(t["count"]),
            int(t["row_total"]), t["units"],
        ]
        for t in truth(shared, 2)
    ]  # fmt: skip
    assert [[row[name] for name in names] for row in rows] == expected
    assert [row["elsewhere"] is not None for row in rows] == [
        t["status"] == "external" for t in truth(shared, 2)
    ]
    assert {row["grand_total"] for row in rows} == {363}


def test_the_sums_and_the_mailbox_paragraph_by_sql(county: Engine) -> None:
    (sums,) = asked(county, QUERIES[3])
    assert sums == {"published": 750, "grassroots": 561, "not_exact": 0}
    (box,) = asked(county, QUERIES[4])
    assert (box["mailbox_name"], box["received"], box["closed"], box["exactness"]) == (
        "区长信箱",
        11,
        11,
        "exact",
    )
    assert (float(box["closed_percent"]), float(box["mean_working_days"])) == (100.0, 4.7)
    slow = demo_bulletin(county).letters.slow_units
    assert tuple(dict.fromkeys(row["responsible"] for row in asked(county, QUERIES[5]))) == slow


def test_units_add_up_where_joint_counts_are_kept_apart(county: Engine) -> None:
    units = asked(county, QUERIES[6])
    (once,) = asked(
        county, "SELECT SUM(count) AS n FROM quarterly_counts WHERE ownership = 'joint' AND site = :site"
    )
    assert sum(row["own_count"] for row in units) + once["n"] == 750
    assert sum(row["own_count"] + row["joint_count"] for row in units) == 834
    tax = next(row for row in units if row["unit_name"] == "区税务局")
    assert (tax["own_count"], tax["elsewhere_columns"] > 0) == (0, True)


def test_the_other_queries_say_what_was_seen(county: Engine) -> None:
    empty = asked(county, QUERIES[7])
    assert {"红旗路街道办事处"} <= {row["responsible"] for row in empty}
    said = asked(county, "SELECT COUNT(*) AS n FROM open_findings WHERE site = :site")[0]["n"]
    assert said and len(asked(county, QUERIES[8])) >= said
    seen = asked(county, QUERIES[9])
    assert {row["columns_asked"] for row in seen} == {sum(row["readings"] for row in seen)}
    assert {row["outcome"] for row in seen} == {"read", "empty"}
    rows = asked(county, QUERIES[10])
    assert len(rows) == 28 and all(row["fetched_at"] for row in rows)


def test_what_was_not_read_whole_is_no_exact_number(any_engine: Engine) -> None:
    columns = [
        c.key for c in demo_site().columns if c.url and len(c.duties) == 1 and c.duties[0].key == "jiefanglu"
    ]
    night(any_engine, closes={columns[0]: CUT, columns[1]: UNREAD}, mailboxes=CUT)
    rows = {(row["responsible"], row["field"], row["level1"]): row for row in asked(any_engine, QUERIES[1])}
    mine = [row for row in rows.values() if row["responsible"] == "解放路街道办事处"]
    assert {row["rank"] for row in mine} == {None}
    assert sorted(str(row["exactness"]) for row in mine)[:2] == ["None", "at least"]
    assert asked(any_engine, QUERIES[3])[0]["not_exact"] == 2
    assert asked(any_engine, QUERIES[4])[0]["exactness"] == "at least"
