from collections.abc import Iterator

from rules.book.posting_interpreted_late import interpreted_late
from rules.cases import DocumentCase
from rules.dates.workdays import is_past, known_workdays
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.uninterpreted",
    name="规范性文件没有见到解读",
    severity=Severity.NOTICE,
    basis="各地政策文件解读制度（行政规范性文件应当解读，解读材料与文件同步发布，最迟 3 个工作日）；"
    "国办秘函〔2019〕19号抽查政策文件有无解读；国家没有统一的天数",
    remedy="由起草部门补充解读材料并与文件相互链接；已有解读的，把链接放到文件页面；不需要解读的，向政务公开办说明。",
    takes=DocumentCase,
    scope=Scope.POSTING,
    evidence=[Evidence.LISTS, Evidence.ARTICLES],
    follows=interpreted_late,
)
def uninterpreted(case: DocumentCase, *, workdays: int = 3) -> Iterator[str]:
    """本单位制发的行政规范性文件公开后超过 workdays 个工作日（随“政策解读滞后”的设置），全站没有见到它的解读材料。仅作提示，由人工核实。

    只看网站自己标明的规范性文件：栏目名称有“规范性文件”，或文号是规范性文件的（如“某政规〔2023〕2号”），并且来源或文号是本单位；
    转载上级的，废止、修改、清理、目录一类的，不作此判断。是否重要、是否需要解读，看不出来的其他政策文件不判断。
    文件页面上写明“相关解读”的链接，或者标题像解读而与文件相似的任何信息，都算已有解读（宁可不提示）。
    文件页面没有读到的、相关链接可能由脚本加载的，全站没有政策解读栏目的，任何一个政策解读栏目当日没有读到或没有完整读到文件发布之日的，
    不作此判断；期限之日在尚未公布放假安排的年份里的，暂不作此判断。
    """
    if case.interpreted or not case.read or not is_past(case.published, workdays, case.as_of, case.calendar):
        return
    waited = known_workdays(case.published, case.as_of, case.calendar)
    spent = f" {waited} 个" if waited else f"超过 {workdays} 个"
    yield f"“{case.title}”发布于 {case.published:%Y-%m-%d}，已{spent}工作日，没有见到解读材料。"
