"""An audit speaks of today: today's causes, nothing of what was not read, and it asks only for what can still be put right."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from crawler.sites.load import parse_site
from db.recording.closing import Close
from db.recording.pages import LetterSighting, PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from monitor.audit.compose import Audit, ColumnState, Verdict, compose_audit
from monitor.audit.look import look_of
from monitor.audit.problems import Demand
from monitor.audit.sentences import advice, conclusion, demands, letters, problem_text, unseen
from monitor.judge.judging import judge_period
from rules.dates.periods import BEGINNING, Period, parse_period
from rules.dates.workdays import Due
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome, Witness
from tests.bulletin_made import NOON
from tests.conftest import context

Q2, Q3 = parse_period("2023Q2"), parse_period("2023Q3")
NIGHT, TODAY = date(2023, 7, 3), date(2023, 7, 4)
SITE = """
name = "安和市某区人民政府"
home = "https://www.mou.example/"
units = [{id = "a", name = "财政局", kind = "部门"}, {id = "b", name = "司法局", kind = "部门"}]
columns = [
  {units = ["a"], path = ["财政预决算领域"], url = "/ys/", cycle = 30},
  {units = ["a"], path = ["涉农补贴领域"], url = "/bt/", cycle = 30},
  {units = ["b"], path = ["公共法律服务领域"], elsewhere = "跳转到省厅网站"},
]
"""
BOX = 'mailboxes = [{name = "区长信箱", url = "/xx/", reply_within = 5}]\n'
READ = Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING, witness=Witness.PAGER_END)
EMPTY = Close(Outcome.EMPTY, Outcome.EMPTY, covered_since=BEGINNING, witness=Witness.EMPTY)
FRESH, OLD, MAY = date(2023, 6, 30), date(2023, 3, 2), date(2023, 5, 30)
Seen = tuple[Close, Sequence[date]]


def failed(outcome: Outcome, cause: str) -> Close:
    return Close(outcome, outcome, cause=cause)


BLOCKED, GONE = failed(Outcome.BLOCKED, "http_403"), failed(Outcome.UNREACHABLE, "http_404")


def site_of(more: str = "") -> Site:
    return parse_site(SITE + more, Path("mou.toml"))


def crawl(
    engine: Engine,
    site: Site,
    day: date,
    lists: Mapping[str, Seen],
    unit: str | None = None,
    box: Close | None = None,
    mail: Sequence[LetterSighting] = (),
) -> int:
    """A night, or with `unit` an audit of it; what each column showed and how its reading ended. Returns its id."""
    with engine.begin() as connection:
        number = begin_crawl(connection, register(connection, site), day, BEGINNING, unit, NOON)
        recorder = Recorder(connection, site.key, number)
        for key, (close, days) in lists.items():
            rows = [Sighting(f"{key}{d}", f"{key}{d}", f"https://www.mou.example{key}{d}", d) for d in days]
            recorder.save(
                connection, PageSeen("u", 1, close.outcome, NOON, column=key, postings=rows, close=close)
            )
        if box:
            page = PageSeen("u", 1, box.outcome, NOON, mailbox="/xx/", letters=tuple(mail), close=box)
            recorder.save(connection, page)
        finish_crawl(connection, number, NOON)
    return number


def audited(
    engine: Engine, site: Site, number: int, unit: str = "a", period: Period = Q3, today: date = TODAY
) -> Audit:
    with engine.connect() as connection:
        judgement = judge_period(connection, context(site, today), period, number)
        return compose_audit(judgement, site.unit(unit), (), look_of(connection, site, number))


def states(audit: Audit) -> list[ColumnState]:
    return [line.state for line in audit.lines]


def test_the_cause_is_today_s_and_not_the_last_reading_s(engine: Engine) -> None:
    """The quarter was read whole yesterday: its number stands, and that today's reading failed is said with today's cause."""
    site = site_of()
    crawl(engine, site, NIGHT, {"/ys/": (GONE, ()), "/bt/": (READ, [FRESH])})
    number = crawl(engine, site, TODAY, {"/ys/": (BLOCKED, ()), "/bt/": (BLOCKED, ())}, unit="a")
    audit = audited(engine, site, number, period=Q2)
    assert states(audit) == [ColumnState.UNKNOWN] * 2
    assert [line.count.count for line in audit.lines] == [None, 1]
    said = unseen(audit)
    # Columns of one cause are said in one sentence.
    assert said[0].startswith("未能检查的 2 个栏目（被拦截")
    assert not any("无法访问" in each or "已读取" in each for each in said)


def test_nothing_read_is_no_verdict_and_accuses_nobody(engine: Engine) -> None:
    site = site_of()
    crawl(engine, site, NIGHT, {"/ys/": (READ, [OLD]), "/bt/": (EMPTY, ())})
    number = crawl(engine, site, TODAY, {"/ys/": (GONE, ()), "/bt/": (BLOCKED, ())}, unit="a")
    audit = audited(engine, site, number, period=Q2)
    assert audit.verdict is Verdict.UNKNOWN and audit.problems == ()
    assert "没有发现问题" not in "".join(advice(audit)) and "无法判断" in conclusion(audit)
    assert "本次未能复核，不作认定" in unseen(audit)[-1]
    assert not any("整改" in each and "前" in each for each in demands(audit))


def test_a_crawl_that_came_to_no_column_read_nothing(engine: Engine) -> None:
    site = site_of()
    audit = audited(engine, site, crawl(engine, site, TODAY, {}, unit="a"))
    assert audit.verdict is Verdict.UNKNOWN and "本次没有采集到" in unseen(audit)[0]


def test_a_unit_of_external_columns_alone_was_not_judged(engine: Engine) -> None:
    site = site_of()
    crawl(engine, site, NIGHT, {"/ys/": (READ, [FRESH]), "/bt/": (READ, [FRESH])})
    audit = audited(engine, site, crawl(engine, site, TODAY, {}, unit="b"), unit="b")
    assert (audit.verdict, states(audit)) == (Verdict.UNKNOWN, [ColumnState.EXTERNAL])


def test_only_what_was_read_is_said_to_be_without_problems(engine: Engine) -> None:
    site = site_of()
    number = crawl(engine, site, TODAY, {"/ys/": (READ, [FRESH]), "/bt/": (BLOCKED, ())}, unit="a")
    audit = audited(engine, site, number)
    assert (audit.verdict, states(audit)) == (Verdict.IN_PART, [ColumnState.FRESH, ColumnState.UNKNOWN])
    assert conclusion(audit) == "读到的内容没有发现问题；有 1 个栏目未能检查或未读完整，是否有问题无法判断。"
    number = crawl(engine, site, TODAY, {"/ys/": (READ, [FRESH]), "/bt/": (READ, [FRESH])}, unit="a")
    assert conclusion(audited(engine, site, number)) == "检查的 2 个栏目没有发现问题。"


def test_a_mailbox_not_read_leaves_letters_open(engine: Engine) -> None:
    site = site_of(BOX)
    both = {"/ys/": (READ, [FRESH]), "/bt/": (READ, [FRESH])}
    number = crawl(engine, site, TODAY, both, unit="a", box=BLOCKED)
    audit = audited(engine, site, number)
    assert audit.verdict is Verdict.IN_PART
    assert letters(audit) == ["信箱未能读取，留言办理情况无法判断。"]
    number = crawl(engine, site, TODAY, both, unit="a", box=EMPTY)
    assert letters(audited(engine, site, number)) == [
        "没有读到统计时段内由你单位办理的留言，也没有看到此前未答复的。"
    ]


def test_rows_and_list_agree(engine: Engine) -> None:
    site = site_of()
    number = crawl(engine, site, TODAY, {"/ys/": (READ, [OLD]), "/bt/": (EMPTY, ())}, unit="a")
    audit = audited(engine, site, number, period=Q2)
    assert states(audit) == [ColumnState.STALE, ColumnState.BLANK]
    listed = {number for line in audit.lines for number in line.problems}
    assert listed == {problem.number for problem in audit.problems if problem.columns}
    assert [problem.number for problem in audit.problems] == list(range(1, len(audit.problems) + 1))


def test_a_waived_column_is_waived_in_its_row_too(engine: Engine) -> None:
    waived = '[[waivers]]\nrule = "column.*"\nunit = "a"\npath = ["财政预决算领域"]\nwhy = "系统迁移"\nuntil = 2023-08-01\n'
    site = site_of(waived)
    number = crawl(engine, site, TODAY, {"/ys/": (READ, [OLD]), "/bt/": (READ, [FRESH])}, unit="a")
    audit = audited(engine, site, number)
    assert states(audit) == [ColumnState.WAIVED, ColumnState.FRESH]
    assert audit.verdict is Verdict.SOUND and "已豁免的 1 项以外的问题" in conclusion(audit)
    assert demands(audit) == ["本次没有需要整改的内容。"]
    assert "系统迁移" in problem_text(audit.problems[0]) and "怎么办" not in problem_text(audit.problems[0])


def test_an_ended_quarter_is_told_and_not_asked_for(engine: Engine) -> None:
    site = site_of()
    lists = {"/ys/": (READ, [OLD, date(2023, 7, 2)]), "/bt/": (READ, [FRESH])}
    audit = audited(engine, site, crawl(engine, site, TODAY, lists, unit="a"), period=Q2)
    past = audit.demanded(Demand.PAST)
    assert "column.silent" in {each.line.main.rule for each in past}
    assert not audit.demanded(Demand.CORRECT) and all(each.due is None for each in past)
    assert all("期限：" not in problem_text(each) and "怎么办" not in problem_text(each) for each in past)
    assert not any("前（含当日）完成" in each for each in demands(audit))


def test_what_is_overdue_has_seven_working_days_and_its_basis(engine: Engine) -> None:
    site = site_of()
    number = crawl(engine, site, TODAY, {"/ys/": (READ, [OLD]), "/bt/": (READ, [FRESH])}, unit="a")
    audit = audited(engine, site, number)
    [problem] = audit.demanded(Demand.CORRECT)
    assert problem.due == Due(date(2023, 7, 13), provisional=False)
    said = problem_text(problem)
    for part in ("怎么办：", "期限：2023-07-13 前", "依据：", "链接：https://www.mou.example/ys/"):
        assert part in said
    assert demands(audit)[0].startswith("请于 2023-07-13 前（含当日）完成第 1 项的整改")


def test_an_audit_between_the_years_says_its_day_is_provisional(engine: Engine) -> None:
    site, today = site_of(), date(2026, 12, 28)
    number = crawl(
        engine, site, today, {"/ys/": (READ, [OLD]), "/bt/": (READ, [date(2026, 12, 25)])}, unit="a"
    )
    audit = audited(engine, site, number, period=parse_period("2026Q4"), today=today)
    [problem] = [each for each in audit.demanded(Demand.CORRECT) if each.line.main.rule == "column.stale"]
    assert problem.due and problem.due.provisional
    assert f"期限：{problem.due.day} 前（含当日），放假安排尚未公布，日期暂定。" in problem_text(problem)


LATE = LetterSighting(
    "1", "路灯不亮", None, "1", "财政局", "a", date(2023, 5, 8), date(2023, 6, 16), "已办结"
)
WAITS = LetterSighting(
    "2",
    "公交改线",
    None,
    "2",
    "财政局",
    "a",
    date(2023, 6, 1),
    None,
    "办理中",
    unanswered=True,
)


def test_a_letter_answered_late_is_past_and_one_that_waits_is_asked_for(engine: Engine) -> None:
    site = site_of(BOX)
    both = {"/ys/": (READ, [FRESH]), "/bt/": (READ, [FRESH])}
    number = crawl(engine, site, TODAY, both, unit="a", box=READ, mail=[LATE, WAITS])
    audit = audited(engine, site, number)
    asked = [each.line.sentence for each in audit.demanded(Demand.CORRECT)]
    past = [each.line.sentence for each in audit.demanded(Demand.PAST)]
    assert [("公交改线" in each, "路灯不亮" in each) for each in asked] == [(True, False)]
    assert any("路灯不亮" in each for each in past) and not any("公交改线" in each for each in past)
