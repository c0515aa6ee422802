"""Checking a document in this process ends where its time does, whatever its tables are."""

from pathlib import Path

import pytest

from monitor import bounded_check
from monitor.bounded_check import check_bounded
from tests.commandline import in_process
from tests.hostile_files.texts import HEAD

TABLE = "<table>" + "<tr><td>教育局<td>1<td>2<td>3<td>4" * 6 + "</table>"
HEADINGS = "<p>一、总体情况</p><p>二、主动公开政府信息情况</p>"
SENTENCES = "<p>全年收到申请12件，比上年增加3件，同比增长25%。</p>" * 300


@pytest.mark.parametrize(
    ("command", "body"),
    [
        (("check-table",), HEAD + (TABLE * 300).encode()),
        (("annual", "check"), HEAD + (HEADINGS + (TABLE + SENTENCES) * 80).encode()),
    ],
    ids=["check-table", "annual check"],
)
def test_a_command_says_that_it_was_stopped(
    command: tuple[str, ...], body: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_check, "LONGEST_CHECK", 0.02)
    path = tmp_path / "许多表.html"
    path.write_bytes(body)
    said = in_process(*command, path)
    assert (said.status, said.out) == (2, "")
    assert said.err.strip() == "文件里的表格或文字过多，核对超时，已停止核对，请拆分后分别核对。"


def test_what_is_checked_in_time_comes_back() -> None:
    assert check_bounded(lambda: 7) == 7
