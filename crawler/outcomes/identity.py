"""Whether a page is the one that was asked for: its address, its site, its column.

To call a good page wrong voids real counts, so a mismatch needs two witnesses: a name in the page's metadata is
often left over from another site's template, and a template's own words (栏目名称, 正文) name nothing. To call an empty
list place a column's needs a proof."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice

from crawler.page.addresses import folder_of, redirected, same_site
from crawler.page.meta import meta_of
from crawler.page.page import Page
from crawler.page.page_words import WHERE
from crawler.page.values import Expectation
from crawler.page.visible_text import segments, title_of, visible_text
from rules.vocabulary.words import alternatives

_GENERIC = re.compile(
    r"欢迎(?:访问|光临|您|进入)|人民政府|政务(?:公开|服务)?|门户|官方|政府|信息公开|公众|互联网|网站群?|官网|平台|网|首页|办公室|中国|[\s!！,，.。()（）]"
)
_PLACE_END = re.compile(r"特别行政区|自治[区州县旗]|新区|开发区|地区|街道|[省市县区旗盟州镇乡]")
_OFFICE = r"[\u4e00-\u9fff]{2,14}?[省市县区旗盟州](?:人民政府|政府网|政府门户|政务网)"
_GOVERNMENT = re.compile(_OFFICE + r"(?:门户)?(?:网站?)?")
_SIGNATURE = re.compile(
    r"(?:主办|主管|版权|copyright|©)[^。\u4e00-\u9fff]{0,20}(?:单位|所有|归)?[^。\u4e00-\u9fff]{0,10}"
    rf"({_OFFICE})",
    re.I,
)
_TAGS = re.compile(r"<[^<>]*>|&\w{2,8};|\s")
_CRUMB_PATH = (
    "//*[not(self::script or self::style)][contains(text(),'位置')] | "
    "//*[contains(@class,'crumb') or contains(@class,'position') or contains(@class,'location')"
    " or contains(@class,'dqwz') or contains(@class,'weizhi') or contains(@id,'crumb')]"
)
# What a template says before anybody fills it in, and what it calls every page of a kind.
_PLACEHOLDER = re.compile(rf"{alternatives('navigation.placeholder')}[一二三四五六七八九十]*")
_HIJACK_WORDS = re.compile(alternatives("suspicious.gambling", "suspicious.hijack"))
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Offices speak of gambling too: to forbid it, to punish it, and of what lotteries bring in.
_OF_AN_OFFICE = re.compile(
    r"打击|查处|整治|防范|警惕|治理|抵制|举报|禁赌|涉赌|公益金|案|关于|通[告知报]|公[告示]|销售|管理|检查"
)
# Of a list's rows; fewer may be one intruder among a column's own.
FEWEST_HIJACKED = 3


@dataclass(frozen=True)
class Names:
    """What a page calls itself in its metadata, its title and its breadcrumb; "" where it says nothing."""

    page: Page

    @cached_property
    def meta(self) -> Mapping[str, str]:
        return meta_of(self.page)

    @property
    def declared(self) -> str:
        """META ColumnName."""
        return _told(self.meta.get("columnname", "")[:60])

    @property
    def site(self) -> str:
        """META SiteName."""
        return _told(self.meta.get("sitename", "")[:60])

    @cached_property
    def titled(self) -> list[str]:
        """The segments of the title."""
        return [part for part in segments(title_of(self.page)) if _told(part)]

    @property
    def last(self) -> str:
        """The last crumb of several."""
        return _last(self.crumb)

    @cached_property
    def crumb(self) -> str:
        """The shortest breadcrumb text. Looked for only where title and META leave a doubt."""
        texts: list[str] = []
        for element in islice(self.page.tree.xpath(_CRUMB_PATH), 12):
            own = "".join(islice(element.itertext(), 40))
            if WHERE.search(own) and ">" not in own and element.getparent() is not None:
                own = "".join(islice(element.getparent().itertext(), 60))
            text = " ".join(own.split())
            if 2 < len(text) < 200 and ("首页" in text or "位置" in text or ">" in text):
                texts.append(text)
        return min(texts, key=len, default="")


def core(name: str) -> str:
    """A site's name without what every site is called: 某市某县人民政府门户网站 → 某市某县."""
    return _GENERIC.sub("", name)


def places(name: str) -> list[str]:
    """The places a name speaks of, outermost first: 安阳市北关区 → 安阳, 北关."""
    return [part for part in _PLACE_END.split(core(name)) if len(part) > 1]


def other_site(names: Names, expect: Expectation) -> str:
    """The name of the site the page belongs to, if it is unmistakably not the expected one; else "".

    Two witnesses: no place of the expected name occurs anywhere in the page, and the page names another as its
    own, in META SiteName, in its title or where its owner signs."""
    if not _absent(names.page, expect):
        return ""
    abroad = bool(expect.home) and not same_site(expect.home, names.page.url)
    declared = names.site if abroad or _PLACE_END.search(names.site) else ""
    titled = next((part for part in names.titled if _GOVERNMENT.fullmatch(part)), "")
    other = (declared if core(declared) else "") or titled or _signed(names.page)
    return "" if alike(core(other), core(expect.site_name)) else other


def hijack_words(names: Names, expect: Expectation) -> str:
    """What a hijacked page sells, "" if it is none. Two witnesses: no place of the expected name occurs anywhere
    in it, and its title and keywords carry more than one word of that trade."""
    if not _absent(names.page, expect):
        return ""
    told = (names.meta.get("keywords", ""), names.meta.get("description", ""))
    head = " ".join((title_of(names.page), *told))
    found = dict.fromkeys(_HIJACK_WORDS.findall(head))
    return "、".join(found) if len(found) > 1 else ""


def hijacked_rows(rows: Iterable[tuple[str, str | None]], here: str) -> str:
    """What rows inside the site's own frame sell, "" if they are postings. `rows`: titles and addresses on the page
    at `here`. Two witnesses: half of them carry a word of that trade and none of an office's, and more than one such
    word occurs or these rows lead to other sites."""
    told = list(rows)
    selling = [row for row in told if _HIJACK_WORDS.search(row[0]) and not _OF_AN_OFFICE.search(row[0])]
    if len(selling) < FEWEST_HIJACKED or len(selling) * 2 < len(told):
        return ""
    found = dict.fromkeys(word for title, _ in selling for word in _HIJACK_WORDS.findall(title))
    led_away = all(url and not same_site(url, here) for _, url in selling)
    return "、".join(found) if len(found) > 1 or led_away else ""


def intruding_rows(rows: Iterable[tuple[str, str | None]], here: str) -> set[int]:
    """Places of the rows that somebody slipped into a list: they sell what no office sells, and lead to other sites. None
    where they are half of the list and more: that page is no list of the column's."""
    told = list(rows)
    found = {
        at
        for at, (title, url) in enumerate(told)
        if url
        and _HIJACK_WORDS.search(title)
        and not _OF_AN_OFFICE.search(title)
        and not same_site(url, here)
    }
    return found if len(found) * 2 < len(told) else set()


def _absent(page: Page, expect: Expectation) -> bool:
    """Whether the page speaks nowhere of the place whose site it should be."""
    wanted = places(expect.site_name)
    return bool(wanted) and not any(word in page.text for word in wanted)


def _signed(page: Page) -> str:
    """The government that signs at the end of a page; those in titles of postings do not count."""
    match = _SIGNATURE.search(_TAGS.sub("", page.text[-6_000:]))
    return match[1] if match else ""


def other_column(names: Names, expect: Expectation) -> str:
    """The name of the column the page belongs to, if it is unmistakably not the expected one; else "".

    Two witnesses must agree on another name, and nothing outside links may speak of what was expected. META
    ColumnName agrees with a name like it, and so does any name after a redirect; the last crumb, only with a title
    or a heading that says the same."""
    path = [part for part in expect.names if len(plain(part)) > 1]
    if not path or _any_alike(path, [names.declared, *names.titled]):
        return ""
    leaves = (*expect.column_path[-1:], *expect.units)
    if _any_alike(leaves, [names.crumb]) or _any_alike(path, [names.last]):
        return ""
    agreed = _agreed(names, expect)
    if not agreed:
        return ""
    spoken = plain(visible_text(names.page).plain)
    return "" if any(plain(part) in spoken for part in path[1:] or path) else agreed


def strays(names: Names, first: str, expect: Expectation | None) -> str:
    """The name of the column into which a list's later page leads, "" where it stays in its own. Two witnesses: it lies
    outside the folder of the `first` page's address, and its breadcrumb or ColumnName resembles nothing expected."""
    own = folder_of(first)
    if expect is None or not own or folder_of(names.page.url)[: len(own)] == own or named(names, expect):
        return ""
    return names.last or names.declared


def _agreed(names: Names, expect: Expectation) -> str:
    """The name on which two witnesses agree, "" if they do not."""
    said = [name for name in (names.declared, names.last, *names.titled) if len(plain(name)) > 1]
    if names.declared or redirected(names.page):
        agreed = next((one for one, other in combinations(said, 2) if alike(one, other)), "")
        if agreed:
            return agreed
    if not _names_column(names.last, expect):
        return ""
    last = plain(names.last)
    headings = map(plain, visible_text(names.page).headings)
    titled = (plain(part) for part in names.titled if len(plain(core(part))) > 1)
    return names.last if last in headings or any(one in last or last in one for one in titled) else ""


def _names_column(name: str, expect: Expectation) -> bool:
    """Whether it is the name of one column: 政务公开, the site's own name and a template's words are of them all."""
    rest = core(name)
    for word in places(expect.site_name):
        rest = rest.replace(word, "")
    return len(plain(_PLACE_END.sub("", rest))) > 1


def named(names: Names, expect: Expectation | None) -> bool:
    """Whether any name the page gives itself resembles what was expected; true where nothing was."""
    path = [part for part in (expect.names if expect else ()) if len(plain(part)) > 1]
    # The breadcrumb is looked for last: that costs most.
    return (
        not path
        or _any_alike(path, (names.declared, title_of(names.page)))
        or _any_alike(path, (names.crumb,))
    )


def proved(names: Names, expect: Expectation | None) -> bool:
    """Whether the page is certainly of the expected site and names itself as the expected column."""
    if not expect or not expect.column_path:
        return False
    leaves = {leaf for name in (expect.column_path[-1], *expect.units) if len(leaf := plain(name)) > 1}
    own = (names.declared, names.last, *names.titled)
    right_site = same_site(expect.home, names.page.url) or bool(
        core(names.site) and core(names.site) == core(expect.site_name)
    )
    return right_site and any(plain(name) in leaves for name in own)


def _told(name: str) -> str:
    """The name, "" where it is a template's placeholder."""
    return "" if _PLACEHOLDER.fullmatch(plain(name)) else name


def _last(crumb: str) -> str:
    parts = [part.strip() for part in re.split(r"[>»›/＞→]|\s-\s|::", crumb) if part.strip()]
    return next((part for part in reversed(parts[1:]) if _told(part)), "")


def plain(name: str) -> str:
    """A name's Chinese characters: 通知公告 (12) → 通知公告."""
    return "".join(_CHINESE.findall(name))


def _any_alike(ones: Iterable[str], others: Sequence[str]) -> bool:
    return any(alike(one, other) for one in ones for other in others)


def alike(one: str, other: str) -> bool:
    """Whether two names share two successive characters: 政策文件 and 政府文件 do, 通知公告 and 备灾管理 not. What every
    office is called counts only where a name is nothing else: 柳林镇政府 is not like 清河区人民政府."""
    a, b = plain(core(one)), plain(core(other))
    if min(len(a), len(b)) < 2:
        a, b = plain(one), plain(other)
    return any(a[i : i + 2] in b for i in range(len(a) - 1))
