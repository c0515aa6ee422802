from collections.abc import Iterator

from rules.cases import SiteCase
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import rule
from rules.scanners.footer import PICTURES, FooterPart
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "site.footer_missing",
    name="首页底部标识不全",
    severity=Severity.NOTICE,
    basis=(
        "国办发〔2017〕47号《政府网站发展指引》网页设计规范（底部功能区应列明党政机关网站标识、“我为政府网站找错”入口、"
        "网站标识码、主办单位及联系方式、ICP备案编号、公安机关备案标识、站点地图）"
    ),
    remedy="请技术维护单位核对首页底部，把缺少的标识补上，并核对各标识的链接能够打开。",
    takes=SiteCase,
    scope=Scope.SITE,
    evidence=[Evidence.HOME],
    hysteresis=CONFIRMED,
)
def footer_missing(case: SiteCase, *, parts: int = 1) -> Iterator[str]:
    """首页的网页源码中有底部（主办单位、标识码、备案号至少有两项），而《指引》要求的标识缺少至少 parts 项。

    在网页源码中按文字和图片、链接、脚本的地址辨认，源码中任何一处有即算有。首页没有读到的、底部由脚本加载或在内嵌框架中的，
    源码中看不到底部的，不作此判断。底部有看不出用途的图片链接或外部脚本的，党政机关网站标识和找错入口可能就在其中，
    不说缺少。
    """
    if not case.home_read or case.footer is None:
        return
    missing = [part for part in FooterPart if part not in case.footer]
    words = "、".join(part for part in missing if part not in PICTURES)
    pictures = "、".join(part for part in missing if part in PICTURES)
    if missing and len(missing) >= parts:
        told = [f"没有见到{words}"] if words else []
        told += [f"源码中没有见到{pictures}"] if pictures else []
        yield f"首页底部{'；'.join(told)}。"
