"""Facts beside a page's matter: e-mail, update cycle, responsible units, names of the site and its office."""

import re
from collections.abc import Iterator

from crawler.discovery.areas import is_placeholder
from crawler.discovery.names import clean_name
from crawler.discovery.outline import Outline
from crawler.discovery.unit_kinds import kind_of
from crawler.page.meta import read_meta
from crawler.page.page import Page
from crawler.page.page_words import NEXT_ARTICLE, PRINT_OR_CLOSE
from crawler.page.visible_text import segments, title_of

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,30}){1,4}(?![\w@])"
)
_EMAIL_WORD = re.compile(r"邮\s?箱|邮件|e-?mail", re.I)
_CYCLE = re.compile(
    r"(?:更新|公开|发布)(?:周期|频率|频次|时限|时间|要求)\s*[:：为]?\s*[^，。；\n]{0,6}?(每日|每天|每周|每旬|每月|每季度?|每半年|每年|按[日周月季年]|长期|实时)"
    r"|(每日|每天|每周|每旬|每月|每季度?|每半年|每年)(?:至少)?(?:更新|公开|发布|公布)|(长期公开)"
)
_DAYS = {"日": 1, "天": 1, "周": 7, "旬": 10, "月": 30, "季": 90, "半": 183, "年": 365}
_DUTY = re.compile(r"(?:责任|牵头|主管|公开|承办)(?:单位|部门|主体|科室)\s*[:：]\s*(.{2,120})")
_ORGANISATION = re.compile(r"(?:机构|单位|部门)(?:全称|名称)\s*[:：]\s*([\u4e00-\u9fff（）()]{3,30})")
_HOST = re.compile(
    r"(?:主办|主管)(?:单位)?\s*[:：]\s*([\u4e00-\u9fff]{4,30}?)(?:办公室)?(?=[\s　\u3000,，;；|]|承办|版权|网站|地址|技术|$)"
)
_OFFICE = re.compile(
    r"(?:承办|主办|主管)(?:单位)?\s*[:：]\s*([\u4e00-\u9fff]{2,20}?(?:办公室|政务公开[办科]|政府办(?!公室)))"
    r"|(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,20}?办公室)(?:主办|承办|主管)"
)
_TOOLS = (
    NEXT_ARTICLE,
    re.compile(r"字\s?[体号]\s?[:：【\[]|[【\[]?[大中小][】\]]?\s*[【\[]?[大中小][】\]]?\s*[【\[]?[大中小]"),
    PRINT_OR_CLOSE,
    re.compile(r"责任编辑\s*[:：]"),
)
_DATELINE = (
    re.compile(r".{0,40}(?:发布|发文|更新|成文)(?:时间|日期)\s*[:：]"),
    re.compile(r".{0,40}(?:信息|文章|稿件)?(?:来源|作者|发布机构)\s*[:：]"),
    re.compile(r".{0,50}(?:浏览|点击|阅读)(?:次数|量|数)?\s*[:：]"),
)
_TAGS = re.compile(r"<[^<>]{0,500}>|&nbsp;?|&\w{2,8};")
_WELCOME = re.compile(r"^欢迎您?(?:访问|光临|来到|进入)")
_SITE_WORDS = re.compile(r"(?:政府|门户|官方|公众|信息)*(?:官网|网站?|平台|系统|首页)+$")
_GOVERNMENT = re.compile(r"[\u4e00-\u9fff]{2,20}?(?:人民政府|管理委员会|管委会)")


def emails(outline: Outline) -> tuple[str, ...]:
    """The addresses that the page shows beside a word for e-mail."""
    texts = (text for text in _short_texts(outline) if "@" in text and _EMAIL_WORD.search(text))
    return tuple(dict.fromkeys(found for text in texts for found in _EMAIL.findall(text)))[:5]


def cycle(outline: Outline) -> tuple[int | None, str]:
    """How often the page says it is renewed: (days or None, its own words)."""
    for text in _short_texts(outline, linked=False):
        match = _CYCLE.search(text)
        if match:
            word = match[1] or match[2] or match[3]
            return next((days for sign, days in _DAYS.items() if sign in word), None), match[0][:30]
    return None, ""


def duties(text: str) -> tuple[str, ...]:
    """The units named in 责任单位：甲局、乙局; () where the text is none such."""
    match = _DUTY.match(text)
    if not match:
        return ()
    names = (clean_name(part) for part in re.split(r"[、，,；;\s/]+", match[1]))
    return tuple(name for name in names if 2 <= len(name) <= 24)[:20]


def is_article(page: Page, outline: Outline) -> bool:
    """Whether a page carries an article's boilerplate: links to its neighbours, print and close buttons, a date line."""
    metas = read_meta(page.tree).keys() & {"articletitle", "pubdate", "contentsource"}
    texts = [text for text in _short_texts(outline) if len(text) < 60]
    tools = sum(any(sign.search(text) for text in texts) for sign in _TOOLS)
    lines = sum(any(sign.match(text) for text in texts) for sign in _DATELINE)
    return len(metas) > 1 or tools > 1 or (tools == 1 and lines > 1)


def organisation(outline: Outline) -> str:
    """The full name that a unit's page gives under 机构名称; "" if none."""
    matches = (_ORGANISATION.search(text) for text in _short_texts(outline))
    return next((match[1] for match in matches if match), "")


def site_name(page: Page) -> str:
    """What the site calls itself: META SiteName, its title (a government's name, else an office's), or who signs at its
    foot; "" if none does."""
    declared = _WELCOME.sub("", clean_name(read_meta(page.tree).get("sitename", "")))
    declared = "" if is_placeholder(declared) else declared
    said = [declared, *(_WELCOME.sub("", part) for part in segments(title_of(page)))]
    found = next((match[0] for name in said for match in [_GOVERNMENT.search(name)] if match), "")
    offices = (_SITE_WORDS.sub("", clean_name(part)) for part in said)
    office = next((name for name in offices if kind_of(name)), "")
    signed = _HOST.search(_foot(page))
    titled = next((name for name in said if _SITE_WORDS.search(name)), "")
    return found or office or (signed[1] if signed else "") or declared or titled


def office_name(page: Page) -> str:
    """The office that signs at the page's foot; "" if none does."""
    signed = _OFFICE.search(_foot(page))
    return (signed[1] or signed[2]) if signed else ""


def _foot(page: Page) -> str:
    return " ".join(_TAGS.sub(" ", page.text[-8_000:]).split())


def _short_texts(outline: Outline, *, linked: bool = True) -> Iterator[str]:
    """The texts of small elements; without those that hold a link if `linked` is false."""
    sketches = (outline[element] for element in outline.elements if element.tag != "a" or linked)
    return (s.text for s in sketches if 1 < len(s.text) < 120 and (linked or not s.links))
