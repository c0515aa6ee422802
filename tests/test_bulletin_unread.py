"""What was not read is printed as such, accuses nobody, and below what is expected nothing is published."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from db.connect import open_database
from demo.county import County
from monitor.bulletin.compose import Edits
from monitor.bulletin.drafting import NotReady, compose, print_bulletin
from monitor.bulletin.papers import write_bulletin
from monitor.bulletin.ties.readback import Matrix, read_word
from tests.bulletin_made import (
    CUT,
    DAY,
    Q2,
    UNREAD,
    WHOLE,
    demo_bulletin,
    demo_engine,
    demo_letters,
    demo_postings,
    demo_site,
    remember,
)
from tests.conftest import context


def texts(rows: Matrix) -> list[list[str]]:
    return [[f"{cell}" for cell in row] for row in rows]


def test_what_was_not_read_is_printed_so(tmp_path: Path) -> None:
    site = demo_site()
    local = next(c for c in site.columns if c.duties[0].units == ("hongqilu",))
    department = next(c for c in site.columns if c.path == ("医疗卫生领域", "行政处罚类"))
    engine = demo_engine(tmp_path, {local.key: UNREAD, department.key: CUT})
    bulletin = demo_bulletin(engine)
    write_bulletin(bulletin, tmp_path / "out")
    first, second = (texts(a.rows) for a in read_word(tmp_path / "out" / "通报_2023Q2_北关区.docx").annexes)
    row = next(r for r in first if r[1] == "红旗路街道办事处")
    assert row == ["未排名", "红旗路街道办事处", "公共文化服务领域", "公共服务", "未读取", "至少 13"]
    assert first[-1][-1] == "至少 197"
    assert first[-2][1] == "红旗路街道办事处"
    assert next(r for r in second if r[2] == "行政处罚类")[4].startswith("至少 ")
    assert "红旗路街道办事处" not in "".join(read_word(tmp_path / "out" / "通报_2023Q2_北关区.docx").prose)
    facts = json.loads((tmp_path / "out" / "通报_2023Q2_北关区.json").read_text(encoding="utf-8"))
    assert facts["annex1"][-1]["rank"] is None
    assert facts["total"]["exactness"] == "at least"
    assert {(row["unit"], row["count"]) for row in facts["unread"]} == {
        ("红旗路街道办事处", None),
        ("区卫健委", 46),
    }
    working = (
        (tmp_path / "out" / "通报_2023Q2_北关区.txt").read_text(encoding="utf-8").partition("工作底稿")[2]
    )
    assert "红旗路街道办事处  公共文化服务领域›公共服务  未读取  被拦截" in working


MAILBOXES = {
    "never asked": (None, "区政府网站“区长信箱”平台未能读取，留言数量不详。", (None, "at least")),
    "cut short": (CUT, "平台共受理网民留言至少11个，办结至少11个。", (11, "at least")),
    "read": (WHOLE, "平台共受理网民留言11个，办结11个，办结率100%，平均用时4.7个工作日。", (11, "exact")),
}


@pytest.mark.parametrize("name", MAILBOXES)
def test_a_mailbox_not_read_has_no_zero_and_no_rate(tmp_path: Path, name: str) -> None:
    close, sentence, (received, exactness) = MAILBOXES[name]
    site, county = demo_site(), County(DAY)
    engine = open_database(f"sqlite:///{tmp_path / 'gongkai.db'}")
    remember(engine, site, demo_postings(county), demo_letters(county, site), mailboxes=close)
    papers = print_bulletin(engine, context(site, DAY), Q2, tmp_path / "out").papers
    prose = read_word(tmp_path / "out" / "通报_2023Q2_北关区.docx").prose
    assert prose[9].endswith(sentence)
    letters = json.loads((tmp_path / "out" / "通报_2023Q2_北关区.json").read_text(encoding="utf-8"))[
        "letters"
    ]
    assert (letters["received"], letters["exactness"]) == (received, exactness)
    assert len(papers) == 8


def test_letters_that_do_not_show_an_answer_are_not_called_open(tmp_path: Path) -> None:
    site, county = demo_site(), County(DAY)
    letters = demo_letters(county, site)
    mine = [letter for letter in letters if letter.received and letter.received in Q2][:3]
    letters = [replace(x, answered=None, status=None) if x in mine else x for x in letters]
    engine = open_database(f"sqlite:///{tmp_path / 'gongkai.db'}")
    remember(engine, site, demo_postings(county), letters)
    print_bulletin(engine, context(site, DAY), Q2, tmp_path / "out")
    prose = read_word(tmp_path / "out" / "通报_2023Q2_北关区.docx").prose
    assert prose[9].endswith("平台共受理网民留言11个，办结至少8个。")
    facts = json.loads((tmp_path / "out" / "通报_2023Q2_北关区.json").read_text(encoding="utf-8"))["letters"]
    assert (facts["closed"], facts["closed_exactness"], facts["unknown"]) == (8, "at least", 3)
    working = (
        (tmp_path / "out" / "通报_2023Q2_北关区.txt").read_text(encoding="utf-8").partition("工作底稿")[2]
    )
    assert "有 3 件留言的页面看不出是否答复" in working


def test_below_what_is_expected_nothing_is_published(tmp_path: Path) -> None:
    site = demo_site()
    closes = {column.key: UNREAD for column in site.columns[20:40] if column.url}
    engine = demo_engine(tmp_path, closes)
    with pytest.raises(NotReady) as raised:
        demo_bulletin(engine)
    assert "完整读取的只有 209 个，低于站点文件要求的 95%" in str(raised.value)
    bulletin = demo_bulletin(engine, Edits(draft=True))
    write_bulletin(bulletin, tmp_path / "out")
    document = docx.Document(str(tmp_path / "out" / "通报_2023Q2_北关区_草稿.docx"))
    assert document.paragraphs[0].text.startswith("草　稿（不得印发：229 个栏目")
    assert document.sections[0].header.paragraphs[0].text == "草　稿"
    assert "草　稿" in load_workbook(tmp_path / "out" / "通报_2023Q2_北关区_草稿.xlsx")["附件1"]["A1"].value
    prose = "".join(read_word(tmp_path / "out" / "通报_2023Q2_北关区_草稿.docx").prose)
    assert "共发布各类信息至少" in prose
    assert "数据尚不完整，暂不点名。" in prose
    assert '<p class="draft">草　稿' in (tmp_path / "out" / "通报_2023Q2_北关区_草稿.html").read_text(
        encoding="utf-8"
    )


def test_an_unlikely_number_is_ours_until_proved(tmp_path: Path) -> None:
    site = demo_site()
    engine = demo_engine(tmp_path)
    unlikely = replace(site, expect=replace(site.expect, postings=(800, 1500)))
    with pytest.raises(NotReady, match="共读到 750 条，不在站点文件预期的 800 至 1500 条之内"):
        compose(engine, context(unlikely, DAY), Q2)
    doubtful = compose(engine, context(unlikely, DAY), Q2, Edits(draft=True))
    assert (doubtful.total.number, doubtful.total.exact, doubtful.annex1[0].total.exact) == (750, False, True)


def test_a_period_that_has_not_ended_is_no_bulletin(tmp_path: Path) -> None:
    engine = demo_engine(tmp_path)
    for day in (29, 30):
        with pytest.raises(NotReady, match=f"2023年6月30日过完才结束，数据只到2023年6月{day}日"):
            demo_bulletin(engine, as_of=date(2023, 6, day))
