"""docs/alerts.md shows the mails as they are, and every line of them says all that a clerk must know."""

import re

from tests.demo_mails import DOC, END, START, fortnight, with_fortnight

LINE = re.compile(r"［(?:单项否决|扣分|问题|提示)，.*?问题编号：\d+", re.S)
OWED = ("　　时间：", "　　怎么办：", "　　期限：", "　　依据：", "　　网页：https://www.beiguan.example/")


def test_the_fortnight_in_the_docs_is_what_the_composer_writes() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert text.count(START) == text.count(END) == 1
    assert with_fortnight(text) == text, "stale: run python -m tests.demo_mails"


def test_every_line_has_its_action_day_basis_and_link() -> None:
    lines = LINE.findall(fortnight())
    assert len(lines) > 10
    for line in lines:
        closed = re.match(r"［[^，]+，\S+ 恢复］", line)
        for words in OWED if not closed else (OWED[0], OWED[4]):
            assert words in line, line
