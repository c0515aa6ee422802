"""Letters on both sides of each line, from the recorder to the judge; every row names the source of its answer."""

from datetime import date

import pytest
from sqlalchemy import Engine

from tests.scenario_columns import Row, rows_of, unlike
from tests.scenario_letters import by_day, findings


@pytest.mark.parametrize(("day", "rows"), list(by_day(rows_of("letters"))), ids=str)
def test_letters(engine: Engine, day: date, rows: list[Row]) -> None:
    wrong = [
        each
        for row, said in zip(rows, findings(engine, day, rows), strict=True)
        for each in unlike(row, said)
    ]
    assert not wrong, "\n".join(wrong)
