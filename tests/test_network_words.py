"""What a site that cannot be reached makes us say: one Chinese sentence a column, no library's own words."""

import re
import socket
from pathlib import Path

from tests.commandline import gongkai

SITE = """
name = "某县人民政府"
home = "http://127.0.0.1:{port}/"
crawl = {{delay = 0.01}}
units = [{{id = "a", name = "甲局", kind = "部门"}}]
columns = [{{units = ["a"], path = ["救灾领域"], url = "/jz/"}}]
"""


def closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def test_a_site_that_is_down(tmp_path: Path) -> None:
    site = tmp_path / "mou.toml"
    site.write_text(SITE.format(port=closed_port()), encoding="utf-8")
    said = gongkai(tmp_path, "crawl", site, "--as-of", "2023-07-03")
    assert said.status == 0
    assert "无法访问：服务器拒绝连接，未能访问，不计零" in said.err
    assert "甲局：“救灾领域”（/jz/）" in said.err
    assert not re.search(r"Traceback|ERROR|Error|refused", said.err)


def test_columns_that_failed_for_one_cause_are_one_line_and_named_with_their_units(tmp_path: Path) -> None:
    second = ', {{units = ["a"], path = ["教育领域", "招生"], url = "/jy/"}}]'
    site = tmp_path / "mou.toml"
    site.write_text(
        SITE.rstrip().removesuffix("]").format(port=closed_port()) + second.format(), encoding="utf-8"
    )
    said = gongkai(tmp_path, "crawl", site, "--as-of", "2023-07-03")
    cause, columns = (line.strip() for line in said.err.splitlines() if re.match(" +(无法访问|甲局)", line))
    assert cause.startswith("无法访问 2 个：服务器拒绝连接")
    assert set(columns.removeprefix("甲局：").split("、")) == {
        "“救灾领域”（/jz/）",
        "“教育领域›招生”（/jy/）",
    }
