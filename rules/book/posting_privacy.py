from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.scanners.privacy import HitKind
from rules.vocabulary.terms import Evidence, Scope, Severity

# Numbers that are listed, masked.
SHOWN = 3


@rule(
    "posting.privacy",
    name="疑似泄露个人信息",
    severity=Severity.SCORE,
    basis="《政府信息公开条例》（国务院令第711号）第十五条（涉及个人隐私的不得公开，法定情形除外）；2018年政务公开工作要点（去标识化处理）",
    remedy="立即撤下或遮盖页面和附件中的个人信息；属于依法应当公开或对外办公电话的，向政务公开办说明。",
    within=0,
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def privacy(case: ArticleCase, *, numbers: int = 1, mobiles: int = 1) -> Iterator[str]:
    """标题、正文或附件（xlsx、docx、pdf、txt）中有完整的身份证号（校验码、出生日期、省份均成立）或银行卡号（发卡行前缀、长度、
    Luhn 校验均成立）至少 numbers 个，或有完整的手机号至少 mobiles 个。

    站点文件列为办公电话的手机号不算；已经遮盖的号码不算。本规则的一切输出只含遮盖后的号码。手机号可能是对外公布的
    办公电话，惩戒公示等法定公开的信息不属泄露，均由人工核实。页面或附件没有读到的不作此判断，并列出没有检查的附件。
    """
    counts = {kind: sum(hit.kind is kind for hit in case.hits) for kind in HitKind}
    grave = counts[HitKind.ID] + counts[HitKind.CARD]
    if not case.hits or (grave < max(numbers, 1) and counts[HitKind.MOBILE] < max(mobiles, 1)):
        return
    kinds = "、".join(f"{kind.value} {number} 个" for kind, number in counts.items() if number)
    shown = "、".join(f"{hit.masked}（{hit.place}）" for hit in case.hits[:SHOWN])
    more = "等" if len(case.hits) > SHOWN else ""
    advice = "请立即遮盖并核实" if grave else "请核实是否为对外公布的办公电话"
    yield f"“{case.title}”中有完整的{kinds}：{shown}{more}，{advice}。"
