"""Columns on both sides of each line, from the recorder to the judge; every row names the source of its answer."""

import pytest
from sqlalchemy import Engine

from tests.scenario_columns import Batch, batches, findings, rows_of, unlike


@pytest.mark.parametrize("batch", list(batches(rows_of("columns"))), ids=str)
def test_columns(engine: Engine, batch: Batch) -> None:
    said = zip(batch.rows, findings(engine, batch), strict=True)
    wrong = [each for row, found in said for each in unlike(row, found)]
    assert not wrong, "\n".join(wrong)
