from collections.abc import Iterator

from rules.book.posting_commercial_link import commercial_link as commercial_link_in_posting
from rules.cases import FrameCase
from rules.engine.rule import rule
from rules.scanners.outbound_links import commercial_word, listed
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "page.commercial_link",
    name="页面框架中有疑似商业广告链接",
    severity=Severity.NOTICE,
    basis="政府网站不得刊登商业广告或链接商业广告页面（各省政府网站抽查通报）；词表见 rules/vocabulary/words/suspicious.toml，由人工核实",
    remedy="打开链接核实，属于广告或不良信息的，从网页模板中删除。",
    takes=FrameCase,
    scope=Scope.FRAME,
    evidence=[Evidence.ARTICLES, Evidence.LINKS],
    follows=commercial_link_in_posting,
)
def commercial_link(case: FrameCase, *, links: int = 1) -> Iterator[str]:
    """四个以上不同页面都有的疑似商业广告链接至少 links 个：属于页面框架（导航、友情链接、页脚），由门户负责，不算在各单位名下。

    词语和标记同 posting.commercial_link；只看真正打开过的内容页，没有读到的、打开的页面不足四个的不作此判断；
    有这个链接的栏目，此后新打开的四个以上页面都不再有的，视为已经清除。
    """
    suspects = [(each, word) for each in case.links if (word := commercial_word(each.link)) is not None]
    if suspects and len(suspects) >= links:
        shown = listed([each.described(f"“{word}”") for each, word in suspects])
        yield f"页面框架中有疑似商业广告或不良信息的链接：{shown}，请核实。"
