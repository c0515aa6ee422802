"""The vocabulary: one word for one thing in code, SQL, CLI and pages (the Chinese word is the label)."""

from enum import StrEnum


class Outcome(StrEnum):
    """结果: what was really seen when a page or a column was read. Only `read`, `unchanged` and `empty`
    may carry a zero; the others say that *we* could not see, and never count against anybody."""

    READ = "read"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"
    ELSEWHERE = "elsewhere"

    @property
    def label(self) -> str:
        return OUTCOME_LABELS[self]

    @property
    def good(self) -> bool:
        """The whole of what was asked for was seen: a zero under it is earned."""
        return self in GOOD_OUTCOMES

    @property
    def seen(self) -> bool:
        """Something was seen, perhaps not all: a count under it is at least a lower bound."""
        return self in GOOD_OUTCOMES or self is Outcome.PARTIAL


GOOD_OUTCOMES = frozenset({Outcome.READ, Outcome.UNCHANGED, Outcome.EMPTY})

OUTCOME_LABELS = {
    Outcome.READ: "已读取",
    Outcome.UNCHANGED: "无变化",
    Outcome.EMPTY: "空白",
    Outcome.PARTIAL: "部分读取",
    Outcome.BLOCKED: "被拦截",
    Outcome.UNREADABLE: "无法识别",
    Outcome.UNREACHABLE: "无法访问",
    Outcome.ELSEWHERE: "外部网站",
}


class Witness(StrEnum):
    """证据: what proves that a reading saw a list as far as it says. Without one a count is at least what was seen."""

    NONE = ""
    LAST_PAGE = "last_page"  # the last page was met, and as many different rows as the pager states in all
    OLDER_ROW = "older_row"  # a row older than what was asked for was met, in a list that runs newest first
    PAGER_END = "pager_end"  # a recognised pager says that the last page met is the last
    SHORT_LIST = (
        "short_list"  # no pager, and fewer rows than a page of lists of the same template, which show one
    )
    EMPTY = "empty"  # the page says in two ways that there is nothing
    EMPTY_BESIDE = (
        "empty_beside"  # it says so in one way; the server writes the rows of lists of its template
    )
    EMPTY_ALIKE = (
        "empty_alike"  # its place is bare, as those of other columns of its template, of which some have rows
    )


class Exactness(StrEnum):
    """Whether a count is the whole truth or a proved lower bound."""

    EXACT = "exact"
    AT_LEAST = "at least"

    @property
    def label(self) -> str:
        return "准确" if self is Exactness.EXACT else "至少"


class UnitKind(StrEnum):
    """单位类别. The portal itself (门户) owns the columns that no unit owns."""

    DEPARTMENT = "部门"
    TOWN = "乡镇"
    STREET = "街道"
    PORTAL = "门户"

    @property
    def local(self) -> bool:
        """Streets and towns: ranked together in the first annex."""
        return self in (UnitKind.STREET, UnitKind.TOWN)


class Severity(StrEnum):
    """严重程度 of a rule's finding, the gravest first: 单项否决 and 扣分 by a national standard, 问题 by a rule of the place,
    提示 for people to check."""

    VETO = "单项否决"
    SCORE = "扣分"
    PROBLEM = "问题"
    NOTICE = "提示"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Scope(StrEnum):
    """判断对象: what a rule's findings are about. It fixes how a subject is written, and what must have been read on a
    night for the rule's finding, or its absence, to count (`rules.engine.nights`)."""

    COLUMN = "栏目"
    POSTING = "信息"
    ARTICLE = "内容页"
    LETTER = "信件"
    LETTERS = "多件信件"
    UNIT = "单位"
    FRAME = "页面框架"
    SITE = "网站"
    ACCOUNT = "政务新媒体账号"


class Evidence(StrEnum):
    """所需材料: what a rule's facts are read from."""

    LISTS = "栏目列表"
    ARTICLES = "内容页"
    LINKS = "链接的探测"
    HOME = "首页"
    MAILBOXES = "信箱"
    PROBES = "首页探测"
    IMPORTED = "导入的数据"


class Mail(StrEnum):
    """邮件: how a finding is notified to its units (`rules.alerting`)."""

    REMIND = "通知、提醒，逾期上报"
    ONCE = "只通知一次"
    NEVER = "不发邮件"
