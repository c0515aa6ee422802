"""Rows of a sheet are as high as what is written in them, for programs that do not see to it."""

import pytest

from monitor.paper_files.excel_cells import row_height


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (("民政局", "13"), 1),
        (("县自然资源和规划建设管理局不动产登记交易中心", "13"), 3),
        (("民政局", "部门领域2›栏目名称第0项（含行政许可、行政处罚）：1 条 × 0.5 = 0.5"), 3),
    ],
)
def test_height_of_a_row(texts: tuple[str, ...], lines: int) -> None:
    lowest = row_height(("民政局", ""), (26, 40))
    assert row_height(texts, (26, 40)) == lowest + (lines - 1) * 15
