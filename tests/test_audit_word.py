"""The audit as a Word file: laid out as official papers are, and saying all that the terminal says."""

import re
from datetime import date
from pathlib import Path

from docx import Document
from sqlalchemy import Engine

from crawler.sites.load import parse_site
from db.recording.register import register
from monitor.audit.compose import compose_audit
from monitor.audit.papers import write_audit
from monitor.audit.sentences import conclusion, demands, letters, looked_at, problems
from monitor.judge.judging import judge_period
from monitor.wording import tight, written_days
from tests.audit_made import all_read
from tests.conftest import context
from tests.test_counting import Q2, TEXT, night, posting, read

AS_OF = date(2023, 7, 3)
NAME = "专项检查_甲局=1+1_2023-07-03.docx"
REACH = "数据截至 2023-07-03，最近读取 2023-07-03。"


def test_the_paper(engine: Engine, tmp_path: Path) -> None:
    site = parse_site(TEXT.replace("甲局", "甲局=1+1"), Path("mou.toml"))
    night(engine, site, AS_OF, "/jz/", read(), posting("x", date(2023, 2, 2)))
    with engine.begin() as connection:
        register(connection, site)
        judgement = judge_period(connection, context(site, AS_OF), Q2)
    audit = compose_audit(judgement, site.unit("a"), (), all_read(site), REACH)
    for folder in ("one", "two"):
        write_audit(audit, tmp_path / folder)
    paper = Document(str(tmp_path / "one" / NAME))
    said = [paragraph.text for paragraph in paper.paragraphs]
    assert said[:2] == ["关于甲局=1+1政务公开专项检查情况的反馈", "甲局=1+1："]
    assert "第四十七条" in said[2] and "统计时段为2023年第二季度" in said[2]
    told = [looked_at(audit), conclusion(audit), *problems(audit), *letters(audit), *demands(audit)]
    for sentence in told:
        assert any(tight(written_days(sentence)) in each for each in said), sentence
    assert "数据截至2023年7月3日，最近读取2023年7月3日。应检查栏目2个，完整读取2个。" in said
    assert said[-2:] == ["某区", "2023年7月3日"]
    assert [each for each in said if each[1:2] == "、"] == [
        "一、检查情况", "二、问题清单", "三、留言办理情况", "四、整改要求",
    ]  # fmt: skip
    [table] = paper.tables
    cells = [cell.text for cell in table.rows[1].cells]
    assert (cells[0], cells[1], cells[2], cells[4], cells[5]) == (
        "救灾领域", "0", "2023年2月2日", "见问题清单", "1",
    )  # fmt: skip
    everything = "".join([*said, *(cell.text for row in table.rows for cell in row.cells)])
    assert not re.search(r"\d{4}-\d\d-\d\d", everything)
    assert (tmp_path / "one" / NAME).read_bytes() == (tmp_path / "two" / NAME).read_bytes()
