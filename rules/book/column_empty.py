from collections.abc import Iterator

from rules.book.column_silent import same_silence
from rules.cases import ColumnCase
from rules.cases.update_windows import is_empty
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "column.empty",
    name="空白栏目",
    severity=Severity.SCORE,
    basis="国办发〔2017〕47号《政府网站发展指引》（应避免空白栏目）；国办秘函〔2019〕19号（空白栏目累计达到 5 个单项否决）",
    remedy="发布属于本栏目的信息；确无信息可发的，申请关闭或归并该栏目，信息在别处公开的，在栏目页面放上链接。",
    takes=ColumnCase,
    scope=Scope.COLUMN,
    evidence=[Evidence.LISTS],
    hysteresis=CONFIRMED,
    includes=same_silence,
    periodic=False,
)
def empty(case: ColumnCase) -> Iterator[str]:
    """栏目页面正常打开，页面自身说明没有信息，此前见过的也都已撤下，即为空白栏目。

    被拦截、无法识别、无法访问或只读到一部分的栏目不作此判断；开设在外部网站的栏目不作此判断。
    下设子栏目的，子栏目有信息即不算空白，子栏目没有读到的不作此判断。多单位共用的列表不算在某一单位名下。
    """
    if is_empty(case) and not case.shared:
        yield f"“{case.title}”为空白栏目，截至 {case.looked_on:%Y-%m-%d} 没有任何信息。"
