from collections.abc import Iterator

from rules.cases import PostingCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.date_mismatch",
    name="页面日期前后不一",
    severity=Severity.NOTICE,
    basis="国办发〔2017〕47号《政府网站发展指引》内容标签（PubDate 为发布日期）；也是核实“伪造发稿日期”的线索",
    remedy="核对该信息的发布日期，使页面显示的日期与 PubDate 标签一致。",
    takes=PostingCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def date_mismatch(case: PostingCase, *, days: int = 0) -> Iterator[str]:
    """内容页显示的发布日期与该页 META 标签 PubDate 的日期相差超过 days 天。只比较日期，不比较时刻。

    没有读到内容页的、页面没有显示日期或没有 PubDate 的，不作此判断。
    """
    if case.shown is None or case.meta is None:
        return
    apart = abs((case.shown - case.meta).days)
    if apart > days:
        yield (
            f"“{case.title}”页面显示 {case.shown:%Y-%m-%d} 发布，META 标签 PubDate 为 {case.meta:%Y-%m-%d}，"
            f"相差 {apart} 天。"
        )
