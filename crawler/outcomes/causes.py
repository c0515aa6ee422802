"""Every cause for which a page was not, or not wholly, read: code, outcome, and the sentence the user sees.

A sentence says what happened, what was kept, what to do; it holds for the code alone, which is what is stored.
The principle of the outcomes: *blocked* is somebody's refusal of us; *unreachable* is no usable answer (network
or error status); *unreadable* is an answer that is not the page asked for; *partial* is rows, but not all.
docs/outcomes.md explains the same table to the operator; a test keeps the two equal."""

from typing import NamedTuple

from crawler.page.values import PageOutcome
from rules.vocabulary.terms import Outcome

# A quote stands in one line of a table.
LONGEST_QUOTE = 40


class Cause(NamedTuple):
    """What a cause means: its outcome and its Chinese sentence."""

    outcome: Outcome
    sentence: str


_SENTENCES: dict[Outcome, dict[str, str]] = {
    # Somebody refused us.
    Outcome.BLOCKED: {
        "http_401": "网站返回401要求登录，未能读取，不计零，请改用无需登录的公开地址",
        "http_403": "网站返回403拒绝访问，未能读取，不计零，请联系网站运维放行本程序地址",
        "http_405": "网站或防火墙返回405拒绝请求，未能读取，不计零，请联系网站运维放行本程序地址",
        "http_412": "防火墙返回412质询页，未能读取，不计零，请联系网站运维放行本程序地址",
        "http_429": "网站返回429访问过频，未能读取，不计零，请调大采集间隔后重试",
        "http_521": "云防护返回521质询页，未能读取，不计零，请联系网站运维放行本程序地址",
        "challenge": "防护系统返回脚本质询页而非栏目内容，不计零，请联系网站运维放行本程序地址",
        "cookie_gate": "网站返回写入Cookie后跳转的验证页，未见栏目内容，不计零，请联系网站运维放行本程序地址",
        "waf": "防火墙返回拦截提示，未能读取，不计零，请联系网站运维放行本程序地址",
        "captcha": "网站要求输入验证码或拖动滑块，未能读取，不计零，请联系网站运维放行本程序地址",
        "too_fast": "网站提示访问过于频繁，未能读取，不计零，请调大采集间隔后重试",
        "region": "网站限制来访地区或地址，未能读取，不计零，请换用境内或已放行的网络出口",
        "login": "地址打开的是登录页，未见栏目内容，不计零，请改用无需登录的公开地址",
        "robots": "网站的robots.txt不允许采集该地址，未访问，不计零，请与网站主管单位商定后放行",
    },
    # No usable answer came.
    Outcome.UNREACHABLE: {
        "http_404": "网站返回404页面不存在，未能读取，不计零，请核对栏目地址",
        "http_410": "网站返回410页面已删除，未能读取，不计零，请核对栏目是否撤并",
        "http_500": "网站返回500内部错误，未能读取，不计零，请通知网站运维并等待重试",
        "http_502": "网站返回502网关错误，未能读取，不计零，请通知网站运维并等待重试",
        "http_503": "网站返回503暂停服务，未能读取，不计零，请稍后重试",
        "http_504": "网站返回504网关超时，未能读取，不计零，请稍后重试",
        "http_3xx": "网站返回跳转但未给出可到达的页面，未能读取，不计零，请核对栏目地址",
        "http_4xx": "网站返回4开头的状态，拒绝处理请求，未能读取，不计零，请核对栏目地址",
        "http_5xx": "网站返回5开头的状态，服务器出错，未能读取，不计零，请通知网站运维并等待重试",
        "http_other": "网站返回异常状态，未能读取，不计零，请通知网站运维",
        "dns": "域名无法解析，未能访问，不计零，请核对网址或本机网络",
        "refused": "服务器拒绝连接，未能访问，不计零，请通知网站运维并等待重试",
        "timeout": "网站在限定时间内没有回应，未能访问，不计零，请稍后重试",
        "reset": "连接被中途断开，未能读完，不计零，请稍后重试或联系网站运维放行",
        "no_route": "网络不通，无法到达网站，不计零，请检查本机网络",
        "tls": "网站的HTTPS证书或加密协商失败，未能访问，不计零，请通知网站运维",
        "redirect_loop": "网站反复跳转没有终点，未能读取，不计零，请核对栏目地址",
        "too_large": "返回内容超过大小上限，已放弃下载，不计零，请核对栏目地址",
        "data_loss": "传输中途丢失数据，未能读完，不计零，请稍后重试",
        "bad_address": "地址写法有误，无法访问，不计零，请更正站点文件",
        "cancelled": "本次采集中止，尚未读取该页，不计零，下次采集将重新读取",
        "network": "访问网站时发生网络错误，未能读取，不计零，请稍后重试",
    },
    # An answer came, but not the page that was asked for.
    Outcome.UNREADABLE: {
        "empty_body": "网站返回了空内容，不能当作栏目为空，不计零，请通知网站运维",
        "blank": "页面只有空白或注释而没有任何文字，不能当作栏目为空，不计零，请通知网站运维",
        "binary": "返回的是文件而不是网页，无法识别，不计零，请核对栏目地址",
        "compressed": "返回内容是未能解开的压缩数据，无法识别，不计零，请通知网站运维",
        "garbled": "页面文字为乱码，无法识别，原文已留存，不计零，请通知网站运维核对编码",
        "truncated": "页面内容在中途被截断，不能保证完整，不计零，请稍后重试",
        "xml": "返回的是XML或RSS数据而不是栏目网页，无法识别，不计零，请核对栏目地址",
        "json": "返回的是接口数据而不是栏目网页，未识别出信息，不计零，请在站点文件中配置接口",
        "json_error": "接口返回错误，未能读取，不计零，请核对接口地址和参数",
        "js_shell": "页面是由脚本生成的空壳，未见栏目内容，不计零，请配置接口或启用浏览器采集",
        "js_required": "页面提示须开启JavaScript才能显示，不计零，请配置接口或启用浏览器采集",
        "js_list": "信息列表由脚本另行加载，网页中没有，不计零，请配置接口或启用浏览器采集",
        "foreign_endpoint": "信息列表来自其他网站的接口，未去读取，不计零，请在站点文件中配置接口或启用浏览器采集",
        "frame": "信息列表在内嵌框架中，本页没有，不计零，请把栏目地址改为框架地址",
        "home": "地址被跳转到网站首页，未见栏目内容，不计零，请核对栏目是否撤并",
        "jump_home": "页面自动转向网站首页，未见栏目内容，不计零，请核对栏目是否撤并",
        "jump": "页面自动转向另一地址，本页没有栏目内容，不计零，请把栏目地址改为转向后的地址",
        "other_host": "地址被跳转到其他网站，不计零，如确属外部栏目请在站点文件中注明",
        "other_site": "打开的是另一网站的页面，不计零，请核对网址和域名解析",
        "other_column": "打开的是另一栏目的页面，不计零，请核对栏目地址或栏目名称",
        "moved": "地址被跳转到另一页面，该页称没有信息，但不能确认是本栏目，不计零，请核对栏目地址",
        "soft_404": "页面提示不存在或已删除，没有栏目内容，不计零，请核对栏目地址",
        "maintenance": "网站提示正在维护或建设，未能读取，不计零，请待恢复后重试",
        "closed": "页面提示网站已关停或迁移，未见栏目内容，不计零，请更新站点网址",
        "parked": "域名已过期、停放或未备案，打开的不是政府网站，不计零，请立即通知网站主管单位",
        "hijacked": "页面遭篡改或域名被冒用，打开的是博彩等无关内容，不计零，请立即通知网站主管单位",
        "directory": "打开的是服务器文件目录而不是栏目，不计零，请通知网站运维关闭目录浏览",
        "default_page": "打开的是服务器软件的默认页，未见栏目内容，不计零，请通知网站运维",
        "server_error": "页面显示程序出错信息，未能读取，不计零，请通知网站运维",
        "doubtful_empty": "页面上虽有没有信息的字样，但不能确认说的是本栏目列表，不计零，请用“gongkai read list”查看",
        "browser_limit": "一夜之内用浏览器打开的页面已达上限，本栏目尚未读取，不计零，请为部分栏目配置接口",
        "no_rows": "页面已打开但未识别出信息列表，页面也未说明为空，不计零，请用“gongkai read list”查看",
        "no_article": "页面已打开但未识别出文章，不作判断，请用“gongkai read article”查看",
        "no_letters": "页面已打开但未识别出信件列表，不计零，请用“gongkai read letters”查看",
        "no_letter": "页面已打开但未识别出信件内容，不作判断，请用“gongkai read letter”查看",
    },
    # Rows were seen, but not all of them.
    Outcome.PARTIAL: {
        "rows_missing": "网站所称总条数多于读到的条数，已读到的保留并按“至少”计数，请核对翻页",
        "pages_missing": "网站所称总页数多于读到的页数，已读到的保留并按“至少”计数，请核对翻页",
        "page_repeats": "后续页与前页内容相同，翻页未生效，已读到的保留并按“至少”计数，请核对翻页",
        "page_limit": "达到最多翻页数仍未读完，已读到的保留并按“至少”计数，请调大翻页上限",
    },
}

CAUSES: dict[str, Cause] = {
    code: Cause(outcome, sentence)
    for outcome, sentences in _SENTENCES.items()
    for code, sentence in sentences.items()
}


def outcome_of(code: str, seen: object = "") -> PageOutcome:
    """The PageOutcome of a cause; what the page itself showed is added in brackets. KeyError: no such cause."""
    cause = CAUSES[code]
    shown = f"（{quote(seen)}）" if seen else ""
    return PageOutcome(cause.outcome, code, cause.sentence + shown)


def quote(text: object) -> str:
    """Words of a page, fit to stand inside a sentence."""
    words = " ".join(str(text).split())
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"


def sentence_of(cause: str) -> str:
    """The sentence of a cause's code; the code itself where it is unknown."""
    known = CAUSES.get(cause)
    return known.sentence if known else cause
