from collections.abc import Iterator

from rules.cases import PairedCase
from rules.dates.workdays import is_past, known_workdays
from rules.engine.rule import Statement, rule
from rules.vocabulary.terms import Evidence, Scope, Severity

# Calendar days: a longer distance is that of another edition of the document, or of a look back.
LONGEST = 180


@rule(
    "posting.interpreted_late",
    name="政策解读滞后",
    severity=Severity.NOTICE,
    basis="办公室惯例（各地政策解读制度：解读材料与文件同步发布，最迟 3 个工作日）；国家没有统一的天数",
    remedy="今后解读材料与政策文件同步起草、同步发布。",
    takes=PairedCase,
    scope=Scope.POSTING,
    evidence=[Evidence.LISTS],
)
def interpreted_late(case: PairedCase, *, workdays: int = 3) -> Iterator[Statement]:
    """本站的政策文件发布后，第一份解读材料超过 workdays 个工作日才发布。已经发生，只列出，不要求整改。

    解读材料的标题用书名号写明文件名称，而该文件在本站栏目中的，才成一对；文件不在本站的、任何一方看不出日期的、先于文件发布的、
    相隔半年以上的（可能是另一版本），不作此判断。没有读到的不作此判断。
    """
    if not case.interprets or not case.first or case.published is None or case.other_published is None:
        return
    apart = (case.published - case.other_published).days
    if 0 < apart <= LONGEST and is_past(case.other_published, workdays, case.published, case.calendar):
        late = known_workdays(case.other_published, case.published, case.calendar)
        spent = f" {late} 个" if late else f"超过 {workdays} 个"
        yield Statement(
            f"“{case.title}”发布于 {case.published:%Y-%m-%d}，所解读的“{case.other}”发布于 {case.other_published:%Y-%m-%d}，"
            f"相隔{spent}工作日。",
            settled=True,
        )
