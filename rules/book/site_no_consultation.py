from rules.cases import SiteCase
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import Measure, unknown, veto
from rules.vocabulary.column_kinds import is_consulting
from rules.vocabulary.terms import Evidence


@veto(
    "site.no_consultation",
    name="没有咨询建言渠道",
    basis="国办秘函〔2019〕19号 单项否决“互动回应差”（未提供网上有效咨询建言渠道，信访、举报渠道不算）",
    remedy="开通能够正常打开的咨询建言渠道（信箱、留言等），并在首页放上链接。",
    evidence=[Evidence.HOME, Evidence.MAILBOXES],
    hysteresis=CONFIRMED,
)
def no_consultation(case: SiteCase, *, channels: int = 1) -> Measure:
    """网站上能打开的咨询建言渠道（信箱、留言、咨询等）不足 channels 个。名称为信访、举报、纪检、访谈、调查征集的，
    以及网站找错（kind = "找错"）的信箱不算。

    没有查找过渠道的不作此判断；找到了渠道而页面没有读到的，可能有效，不作此判断。
    """
    if case.channels is None or not case.home_read:
        return unknown(channels, "个", "没有查找咨询建言渠道", least=True)
    counting = [channel for channel in case.channels if is_consulting(channel.name)]
    working = [c for c in counting if c.outcome is not None and c.outcome.seen]
    if len(working) < channels <= len(counting):
        return unknown(channels, "个", f"有 {len(counting) - len(working)} 个渠道没有读到", least=True)
    left_out = len(case.channels) - len(counting)
    return Measure(
        number=len(working),
        line=channels,
        unit="个",
        hit=len(working) < channels,
        distance=max(0, len(working) - channels + 1),
        sentence=f"网站上有效的咨询建言渠道 {len(working)} 个，不足 {channels} 个。",
        note=f"另有 {left_out} 个信访、举报、访谈、征集类渠道，不算咨询建言" if left_out else "",
        examples=tuple(channel.name for channel in working),
        least=True,
    )
