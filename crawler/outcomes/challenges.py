"""Pages whose whole answer is a script: challenges of protection systems, cookie gates, jumps, empty shells.

Protected sites leave the same markers in their real pages, so a marker counts only where nothing is shown."""

import re

from crawler.outcomes.causes import outcome_of
from crawler.page.addresses import (
    is_home,
    join,
    moves,
    names_error,
    of_site,
    refresh_target,
    registered_domain,
    same_page,
    script_target,
)
from crawler.page.page import Page
from crawler.page.values import Expectation, PageOutcome
from crawler.page.visible_text import VisibleText

# Characters shown: challenges and shells say at most a sentence or two (请稍候, 请开启 JavaScript); pages show more
# in their menus alone.
BARE = 120
# Seconds: within a minute no citizen reads the page; a longer refresh only keeps news fresh.
REFRESH_WITHIN = 60
# Characters of a script that does nothing but send on.
LONGEST_JUMP = 3_000

_CHALLENGE = re.compile(
    r"\$_ts\b|__jsl_clearance|\b_?jsl_?clearance|acw_sc__v\d|wzws(?:challenge|template|confirm)|__cf_chl|cf-chl|"
    r"challenge-platform|_cf_chl_opt|yunsuo_session|bobcmn|\bTSPD\b|reese84|_Incapsula|awswaf|sl-challenge|"
    r"safeline|EO_Bot|aliyun_waf|_waf_bd8ce2ce37",
    re.I,
)
_META_CHALLENGE = re.compile(r"<(?:meta|script)\b[^<>]{0,2000}?\br=['\"]?m['\"]?[\s/>]", re.I)
_CAPTCHA = re.compile(r"captcha|geetest|/gt\.js|huadong_|renji_", re.I)
_OBFUSCATED = re.compile(
    r"_0x[0-9a-f]{4,}|_\$[0-9A-Za-z]{1,3}\b|\\x[0-9a-f]{2}|\(['\"]\w['\"]\)\+|eval\(function\(p,a,c,k,e"
)
_SETS_COOKIE = re.compile(r"document(?:\.|\[['\"])cookie(?:['\"]\])?\s*=(?!=)")
_RELOADS = re.compile(r"\blocation\.reload\s*\(")
_MOUNT = re.compile(
    r"<div[^<>]{0,200}\bid=['\"]?(?:app|root|__next|__nuxt|main-app)['\"\s>]|\sng-app|\sng-controller|\sv-(?:for|if|html)=|\{\{",
    re.I,
)
_BUNDLE = re.compile(
    r"(?:app|main|index|umi|runtime|chunk-vendors|vendors?)[.~-][0-9a-z]{6,}(?:\.min)?\.js", re.I
)
_WANTS_SCRIPT = re.compile(
    r"(?:开启|启用|打开|允许|支持)[^。，]{0,8}(?:java\s?script|脚本)|(?:enable|requires?|need|without)[^.]{0,20}java\s?script",
    re.I,
)


def see_challenge(page: Page, seen: VisibleText) -> PageOutcome | None:
    """A challenge or cookie gate instead of the page."""
    if seen.shown > BARE:
        return None
    head = page.text[:8_000]
    if (
        _CHALLENGE.search(seen.scripts)
        or _CHALLENGE.search(" ".join(seen.sources))
        or _META_CHALLENGE.search(head)
    ):
        return outcome_of("challenge")
    moved = moves(seen.scripts) or _RELOADS.search(seen.scripts)
    if _SETS_COOKIE.search(seen.scripts) and moved:
        return outcome_of("cookie_gate")
    if _CAPTCHA.search(seen.scripts + " ".join(seen.sources)) and not _mounts(page, seen):
        return outcome_of("captcha")
    obfuscated = sum(len(match) for match in _OBFUSCATED.findall(seen.scripts))
    return outcome_of("challenge") if obfuscated > 300 and seen.shown < BARE // 2 else None


def see_jump(page: Page, seen: VisibleText, expect: Expectation | None) -> PageOutcome | None:
    """A page that only sends the reader on, by meta refresh or by script."""
    brief = seen.shown <= BARE and len(seen.scripts) < LONGEST_JUMP
    target = refresh_target(page, REFRESH_WITHIN) or (script_target(seen.scripts) if brief else "")
    if not target:
        return None
    url = join(page.url, target) or ""
    if not url.startswith(("http:", "https:")) or same_page(url, page.url):
        return None
    if is_home(url, page.url, expect):
        return outcome_of("jump_home")
    return (
        outcome_of("jump", url)
        if of_site(url, page.url, expect)
        else outcome_of("other_host", registered_domain(url))
    )


def see_shell(page: Page, seen: VisibleText) -> PageOutcome | None:
    """A page that is nothing without its scripts: empty but for them, or the mount of a framework."""
    if seen.short and _WANTS_SCRIPT.search(seen.plain):
        return outcome_of("js_required")
    if seen.shown > BARE or not (seen.sources or seen.scripts.strip()):
        return None
    if any(map(names_error, seen.sources)):
        return outcome_of("soft_404")
    if seen.shown > 20 and not _mounts(page, seen):
        return None
    return outcome_of("js_required") if _WANTS_SCRIPT.search(seen.noscript) else outcome_of("js_shell")


def _mounts(page: Page, seen: VisibleText) -> bool:
    """Whether a framework is to draw the page."""
    return bool(_MOUNT.search(page.text[:200_000]) or _BUNDLE.search(" ".join(seen.sources)))
