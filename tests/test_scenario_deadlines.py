"""Deadlines of disclosure on both sides of each line, from the recorder to the judge; every row names the source of its answer."""

from datetime import date

import tomlkit
from sqlalchemy import Engine

from db.recording.articles import ArticleSeen
from rules.vocabulary.terms import Outcome
from tests.bulletin_made import site_of
from tests.made_nights import crawled, posted, said
from tests.scenario_columns import rows_of

DAY = date(2023, 7, 3)


def test_deadlines(engine: Engine) -> None:
    rows = rows_of("deadlines")
    columns = [{"units": ["a"], "path": row["path"], "url": f"/{n}/"} for n, row in enumerate(rows)]
    units = [{"id": "a", "name": "财政局", "kind": "部门"}]
    table = {"name": "某区人民政府", "home": "https://www.mou.example/", "units": units, "columns": columns}
    site = site_of(tomlkit.dumps(table))
    lists = {f"/{n}/": [posted(row["title"], row["published"])] for n, row in enumerate(rows)}
    pages = {
        row["title"]: ArticleSeen(
            0, Outcome.READ, signed=row["signed"], length=90, facts={"owner": row.get("owner", "a")}
        )
        for row in rows
    }
    crawled(engine, site, DAY, lists, pages)
    sentences = said(engine, site, DAY, "posting.late")
    for row in rows:
        told = [each for each in sentences if each.startswith(f"“{row['title']}”")]
        assert (bool(told), row.get("words", "") in "".join(told)) == (row["late"], True), row["case"]
