from rules.cases import ColumnCase, SiteCase
from rules.cases.update_windows import is_empty
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import Measure, veto
from rules.engine.veto_columns import count_columns, measured, named, pages_of
from rules.vocabulary.terms import Evidence


@veto(
    "site.empty_columns",
    name="空白栏目较多",
    basis="国办秘函〔2019〕19号 单项否决“栏目不更新”（空白栏目达到 5 个）",
    remedy="督促所列栏目的责任单位发布信息，确无信息可发的栏目关闭或归并。",
    evidence=[Evidence.LISTS],
    hysteresis=CONFIRMED,
)
def empty_columns(case: SiteCase, *, columns: int = 5) -> Measure:
    """空白栏目达到 columns 个。空白的认定与“空白栏目”相同：页面正常打开，自身说明没有信息，此前见过的也都已撤下。

    同一页面由几个单位共担的只算一个；子栏目有信息或都开设在外部网站的不算。本地豁免不改变国家否决线：豁免的栏目照样计入，
    并注明扣除后的个数。没有完整读到的栏目不计入，并注明个数。
    """

    def name(column: ColumnCase) -> str | None:
        return named(column) if is_empty(column) else None

    return measured(count_columns(case, name), len(pages_of(case.columns)), columns, "空白栏目")
