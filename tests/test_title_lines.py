"""A paper's title ends its lines between words."""

from pathlib import Path

import docx
import pytest

from monitor.paper_files.title_lines import WIDEST, title_lines
from monitor.paper_files.word_document import new_document, write_line


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("区司法局政务公开专项检查情况", ["区司法局政务公开专项检查情况"]),
        ("某县教育体育局 2023 年政府信息公开工作年度报告", ["某县教育体育局 2023 年", "政府信息公开工作年度报告"]),
        (
            "安阳市北关区红旗路街道办事处 2023 年政府信息公开工作年度报告",
            ["安阳市北关区红旗路街道办事处", "2023 年政府信息公开工作年度报告"],
        ),
        ("关于对2023年第二季度全区政务公开工作开展情况的通报", ["关于对2023年第二季度全区", "政务公开工作开展情况的通报"]),
        ("2022年1—2月各镇（街道）政府网站管理和政务信息公开情况", ["2022年1—2月各镇（街道）", "政府网站管理和政务信息公开情况"]),
        ("2023年6月区直单位政府网站管理和政务信息公开情况", ["2023年6月区直单位政府网站管理", "和政务信息公开情况"]),
        (
            "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人民政府2023年政府信息公开工作年度报告",
            ["新疆维吾尔自治区伊犁哈萨克自治州", "察布查尔锡伯自治县人民政府", "2023年政府信息公开工作年度报告"],
        ),
        ("湖北省荆州市沙市区经济技术开发区管理委员会办公室", ["湖北省荆州市沙市区经济技术开发区", "管理委员会办公室"]),
    ],
)  # fmt: skip
def test_lines_of_titles(title: str, lines: list[str]) -> None:
    assert list(title_lines(title)) == lines


def test_a_name_that_is_wider_than_a_line_is_left_whole() -> None:
    title = "甲" * (WIDEST + 5)
    assert title_lines(title) == (title,)


def test_in_word_the_title_is_one_paragraph(tmp_path: Path) -> None:
    document = new_document()
    write_line(document, "公文标题", "关于对2023年第二季度全区政务公开工作开展情况的通报")
    write_line(document, "公文正文", "关于对2023年第二季度全区政务公开工作开展情况的通报")
    document.save(str(tmp_path / "a.docx"))
    title, text = docx.Document(str(tmp_path / "a.docx")).paragraphs
    assert title.text == "关于对2023年第二季度全区\n政务公开工作开展情况的通报"
    assert "\n" not in text.text
