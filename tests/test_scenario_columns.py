"""Columns on both sides of each line, from the recorder to the judge; every row names the source of its answer."""

import pytest
from sqlalchemy import Engine

from tests.scenario_columns import Batch, batches, findings, rows_of


@pytest.mark.parametrize("batch", batches(rows_of("columns")), ids=lambda each: f"{each.day} {each.period}")
def test_columns(engine: Engine, batch: Batch) -> None:
    wrong = []
    for row, said in zip(batch.rows, findings(engine, batch), strict=True):
        told = row.get("words", "")
        as_wanted = {finding.rule for finding in said} == set(row.get("says", ()))
        if not as_wanted or (told and not any(told in finding.sentence for finding in said)):
            wrong.append(f"{row['case']}（{row['source']}）：{[finding.sentence for finding in said]}")
    assert not wrong, "\n".join(wrong)
