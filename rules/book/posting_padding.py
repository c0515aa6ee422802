from collections.abc import Iterator

from rules.cases import PaddingCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity

# Columns that are named: the sentence stands in a mail.
SHOWN = 3


# Defaults: No document sets numbers. columns: two may both be right (通知公告 and the field's own); postings: shares of fewer mean
# little; distinct, own: one in five a copy, half of them reposts.
@rule(
    "posting.padding",
    name="同文多发、转载充数",
    severity=Severity.NOTICE,
    basis="通报惯例（复制雷同信息、以转载充数）；国家没有统一标准，三个数字并列，由人工判断",
    remedy="核实重复和转载的信息，与栏目无关的撤下，今后以本单位自己制发的信息为主。",
    takes=PaddingCase,
    scope=Scope.UNIT,
    evidence=[Evidence.LISTS, Evidence.ARTICLES],
)
def padding(
    case: PaddingCase,
    *,
    columns: int = 3,
    postings: int = 10,
    distinct: float = 0.8,
    own: float = 0.5,
) -> Iterator[str]:
    """发布条数、去重后条数、自有条数三个数并列。有下列情形之一的提示：

    一、同一正文（含略有改动的）发在至少 columns 个栏目；二、发布不少于 postings 条，而去重后不足 distinct；
    三、发布不少于 postings 条，而去重后扣除转载上级和外部的，自有不足 own。

    没有读到正文的信息按各不相同、按自有计，只会少报，不会多报。几个单位发同一正文的，另作一条，每个单位只算一次。
    """
    many = case.raw >= postings
    copied = case.copies >= columns and case.copies > 1
    if not (copied or (many and case.distinct < case.raw * distinct) or (many and case.own < case.raw * own)):
        return
    counts = f"{case.period.title}发布 {case.raw} 条，去重后 {case.distinct} 条，其中自有 {case.own} 条"
    if copied:
        shown = "、".join(case.copied_columns[:SHOWN]) + ("等" if case.copies > SHOWN else "")
        counts += f"；“{case.copied_title}”同文发在 {case.copies} 个栏目（{shown}）"
    yield f"{case.unit_names}{counts}。"
