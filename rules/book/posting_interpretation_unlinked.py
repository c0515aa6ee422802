from collections.abc import Iterator

from rules.cases import PairedCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.interpretation_unlinked",
    name="政策文件与解读没有相互关联",
    severity=Severity.NOTICE,
    basis="国办秘函〔2019〕19号（解读材料与政策文件相互关联；市级抽查据此点名）；省、市检查另有规定的从其规定",
    remedy="在该页面加上指向对方的链接：文件页面链接解读，解读页面链接文件原文。",
    takes=PairedCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.LISTS, Evidence.ARTICLES],
)
def interpretation_unlinked(case: PairedCase) -> Iterator[str]:
    """政策文件和它的解读材料都在本站，而这一方的页面上没有指向另一方的链接。

    解读材料的标题用书名号写明文件名称，而该文件在本站栏目中的，才成一对。页面上有任何链接指向对方的地址、文字是对方的标题、或写明
    “政策原文”“相关解读”等的，都算有；相关链接可能由脚本加载的、没有读到页面的，不作此判断。
    """
    if case.linked is False:
        kind = "所解读的文件" if case.interprets else "它的解读材料"
        yield f"“{case.title}”页面上没有指向{kind}“{case.other}”的链接。"
