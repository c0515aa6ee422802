from collections.abc import Iterator

from rules.cases import AccountCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "account.no_interaction",
    name="政务新媒体没有互动功能",
    severity=Severity.VETO,
    basis="国办秘函〔2019〕19号（政务新媒体单项否决：未提供有效的互动功能）",
    remedy="在该账号开通留言、私信等互动功能，并安排专人答复；不再维护的，按程序申请注销。",
    within=3,
    takes=AccountCase,
    scope=Scope.ACCOUNT,
    evidence=[Evidence.IMPORTED],
)
def no_interaction(case: AccountCase) -> Iterator[str]:
    """导入的数据写明该账号没有留言、私信等互动功能（“互动”一列写“无”，以最近写明的为准）。

    账号在其他平台上，本系统看不到，只凭办公室导入的数据；没有导入数据、没有写明有无的，不作此判断。
    """
    if case.interactive is False and case.until:
        yield f"{case.platform}“{case.name}”没有留言、私信等互动功能（数据截至 {case.until:%Y-%m-%d}）。"
