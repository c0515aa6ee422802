"""The audit as a Word file: laid out as official papers are, and saying all that the terminal says."""

from datetime import date
from pathlib import Path

from docx import Document
from sqlalchemy import Engine

from crawler.sites.load import parse_site
from db.recording.register import register
from monitor.audit.compose import compose_audit
from monitor.audit.papers import advice, problems, write_audit
from monitor.judge.judging import judge_period
from tests.conftest import context
from tests.test_counting import Q2, TEXT, night, posting, read

AS_OF = date(2023, 7, 3)
NAME = "专项检查_甲局=1+1_2023-07-03.docx"


def test_the_paper(engine: Engine, tmp_path: Path) -> None:
    site = parse_site(TEXT.replace("甲局", "甲局=1+1"), Path("mou.toml"))
    night(engine, site, AS_OF, "/jz/", read(), posting("x", date(2023, 2, 2)))
    with engine.begin() as connection:
        register(connection, site)
        audit = compose_audit(judge_period(connection, context(site, AS_OF), Q2), site.unit("a"), ())
    for folder in ("one", "two"):
        write_audit(audit, tmp_path / folder)
    paper = Document(str(tmp_path / "one" / NAME))
    said = [paragraph.text for paragraph in paper.paragraphs]
    assert said[:2] == ["甲局=1+1政务公开专项检查情况", "（2023年第二季度，截至2023年7月3日）"]
    assert said[2:-len(advice(audit))] == [
        "一、栏目情况", "二、发现的问题", *(f"{n}. {each}" for n, each in enumerate(problems(audit), start=1)),
        "三、留言办理", "无。", "四、整改要求",
    ]  # fmt: skip
    assert said[-len(advice(audit)) :] == advice(audit)
    assert {each.style.name for each in paper.paragraphs if each.style} == {
        "公文标题", "附件范围", "一级标题", "公文正文",
    }  # fmt: skip
    [table] = paper.tables
    assert [cell.text for cell in table.rows[1].cells][:4] == ["救灾领域", "0", "", "2023-02-02"]
    assert (tmp_path / "one" / NAME).read_bytes() == (tmp_path / "two" / NAME).read_bytes()
