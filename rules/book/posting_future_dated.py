from collections.abc import Iterator

from rules.cases import PostingCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.future_dated",
    name="发布日期在未来",
    severity=Severity.NOTICE,
    basis="国办发〔2017〕47号《政府网站发展指引》（页面应标明发布时间）；日期明显有误，请核对",
    remedy="核对发布日期，写错的更正。",
    takes=PostingCase,
    scope=Scope.POSTING,
    evidence=[Evidence.LISTS, Evidence.ARTICLES],
)
def future_dated(case: PostingCase, *, days: int = 0) -> Iterator[str]:
    """列表或页面标明的发布日期晚于检查当日 days 天以上。计算“最新信息”时，这样的信息按首次看到它的那一夜算，因此至多
    掩盖一个更新期限；它实际属于哪个时段看不出来的，该栏目的计数只写作“至少”。

    没有读到日期的信息不作此判断。
    """
    dated = case.published or case.shown
    if dated is not None and (dated - case.as_of).days > days:
        yield f"“{case.title}”标明的发布日期 {dated:%Y-%m-%d} 晚于检查当日 {case.as_of:%Y-%m-%d}，请核对。"
