from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.scanners.outbound_links import commercial_word, listed
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.commercial_link",
    name="疑似商业广告链接",
    severity=Severity.NOTICE,
    basis="政府网站不得刊登商业广告或链接商业广告页面（各省政府网站抽查通报）；词表见 rules/vocabulary/words/suspicious.toml，由人工核实",
    remedy="打开链接核实，属于广告或不良信息的，从该信息中删除。",
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES, Evidence.LINKS],
)
def commercial_link(case: ArticleCase, *, links: int = 1) -> Iterator[str]:
    """页面上有至少 links 个链接，其文字或所指页面的标题中有商业推广、博彩、色情等词语，或网页自身标明是广告。

    只看文字和标题，不看网址；指向政府网站的不算；没有读到的页面不作此判断。域名过期后被他人抢注的，多由此发现。
    四个以上页面都有的链接属于页面框架，见 page.commercial_link，不算在某一条信息名下。
    """
    suspects = [(link, word) for link in case.links if (word := commercial_word(link)) is not None]
    if suspects and len(suspects) >= links:
        shown = listed([f"{link.url}（“{word}”）" for link, word in suspects])
        yield f"“{case.title}”中有疑似商业广告或不良信息的链接：{shown}，请核实。"
