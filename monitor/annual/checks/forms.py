"""The two statutory forms as data: 国办公开办函〔2019〕60号 (years 2019–2020) and 〔2021〕30号 (from 2021).

`mark` of a row, a head or a section is a pattern that its printed label matches once blanks, numbering and
brackets' widths are evened out; offices shorten labels, so it holds only what tells a row from the others.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A row or a column of a table: its key, its printed words, and the pattern that recognises it."""

    key: str
    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One block of table two: an item of 条例 article 20 with its own columns."""

    title: str
    heads: tuple[Label, ...]
    rows: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of table three under one common label (（三）不予公开 …); `title` is "" for a row alone."""

    title: str
    rows: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One statutory form. `first` and `last` are the report years it is for (`last` None: still in force)."""

    key: str
    name: str
    basis: str
    first: int
    last: int | None
    clauses: tuple[Clause, ...]
    results: tuple[Group, ...]

    @property
    def outcomes(self) -> tuple[Label, ...]:
        """Rows of 三、本年度办理结果 that （七）总计 adds up."""
        return tuple(row for group in self.results for row in group.rows)

    @property
    def request_rows(self) -> tuple[Label, ...]:
        """Every row of table three that holds numbers, in printed order."""
        return (NEW, CARRIED, *self.outcomes, DECIDED, LEFT)


SECTIONS = (
    Label("1", "总体情况", r"^(?:工作)?总体(?:工作)?情况$|^概述$"),
    Label(
        "2",
        "主动公开政府信息情况",
        r"主动公开.{0,12}情况$|政府信息主动公开(?:情况)?$|^主动公开(?:政府信息)?$",
    ),
    Label(
        "3",
        "收到和处理政府信息公开申请情况",
        r"(?:收到|处理|依申请|受理).{0,12}(?:申请|公开).{0,6}情况$|^依申请公开(?:政府信息)?$",
    ),
    Label("4", "政府信息公开行政复议、行政诉讼情况", r"(?:复议|诉讼).{0,16}情况$|复议.{0,8}诉讼$"),
    Label("5", "存在的主要问题及改进情况", r"问题.{0,10}(?:改进|措施|打算|情况|建议)|存在的?(?:主要)?问题$"),
    Label("6", "其他需要报告的事项", r"其[他它].{0,6}事项$|其[他它](?:需要?)?报告"),
)

APPLICANTS = (
    Label("natural", "自然人", r"自然人"),
    Label("business", "商业企业", r"商业企业"),
    Label("research", "科研机构", r"科研机构"),
    Label("charity", "社会公益组织", r"社会公益"),
    Label("legal", "法律服务机构", r"法律服务"),
    Label("others", "其他", r"^其他$"),
    Label("total", "总计", r"^[总合]计$"),
)

NEW = Label("new", "一、本年新收政府信息公开申请数量", r"本年度?新收")
CARRIED = Label("carried", "二、上年结转政府信息公开申请数量", r"上一?年度?结转")
DECIDED = Label("decided", "（七）总计", r"^(?:\(?[七7]\)?[、.]?)?[总合]计$")
LEFT = Label("left", "四、结转下年度继续办理", r"结转(?:至|到)?下一?年")

_GRANTED = Group("", (Label("granted", "（一）予以公开", r"予以公开"),))
_PARTIAL = Group(
    "",
    (Label("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", r"部分公开"),),
)
_REFUSED = Group(
    "（三）不予公开",
    (
        Label("refused.1", "1.属于国家秘密", r"国家秘密"),
        Label("refused.2", "2.其他法律行政法规禁止公开", r"法规禁止"),
        Label("refused.3", "3.危及“三安全一稳定”", r"三安全|一稳定"),
        Label("refused.4", "4.保护第三方合法权益", r"第三方"),
        Label("refused.5", "5.属于三类内部事务信息", r"内部(?:事务|管理)"),
        Label("refused.6", "6.属于四类过程性信息", r"过程性"),
        Label("refused.7", "7.属于行政执法案卷", r"执法案卷"),
        Label("refused.8", "8.属于行政查询事项", r"行政查询"),
    ),
)
_UNABLE = Group(
    "（四）无法提供",
    (
        Label("unable.1", "1.本机关不掌握相关政府信息", r"不掌握"),
        Label("unable.2", "2.没有现成信息需要另行制作", r"另行制作|没有现成"),
        Label("unable.3", "3.补正后申请内容仍不明确", r"仍不明确"),
    ),
)
_IGNORED = Group(
    "（五）不予处理",
    (
        Label("ignored.1", "1.信访举报投诉类申请", r"信访"),
        Label("ignored.2", "2.重复申请", r"重复申请"),
        Label("ignored.3", "3.要求提供公开出版物", r"公开出版物"),
        Label("ignored.4", "4.无正当理由大量反复申请", r"大量反复"),
        Label("ignored.5", "5.要求行政机关确认或重新出具已获取信息", r"重新出具"),
    ),
)
_OTHER_2019 = Group("", (Label("other", "（六）其他处理", r"其他处理"),))
_OTHER_2021 = Group(
    "（六）其他处理",
    (
        Label(
            "other.1",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            r"逾期不补正|逾期未补正",
        ),
        Label(
            "other.2",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            r"收费通知|缴纳费用|不缴费|未缴费",
        ),
        Label("other.3", "3.其他", r"^3?[、.]?其他(?:原因)?$"),
    ),
)
_RESULTS = (_GRANTED, _PARTIAL, _REFUSED, _UNABLE, _IGNORED)

LAWSUITS = (
    Label("review", "行政复议", r"行政复议"),
    Label("direct", "未经复议直接起诉", r"未经复议|直接起诉"),
    Label("after", "复议后起诉", r"复议后"),
)
RULINGS = (
    Label("upheld", "结果维持", r"维持"),
    Label("corrected", "结果纠正", r"纠正"),
    Label("other", "其他结果", r"其他"),
    Label("pending", "尚未审结", r"审结"),
    Label("total", "总计", r"^[总合]计$"),
)

_REGULATION = Label("regulation", "规章", r"^规章$")
_NORM = Label("norm", "规范性文件", r"规范性文件$")
_LICENCE = Label("licence", "行政许可", r"^行政许可$")
_SERVICE = Label("service", "其他对外管理服务事项", r"对外管理服务")
_PENALTY = Label("penalty", "行政处罚", r"^行政处罚$")
_FORCE = Label("force", "行政强制", r"^行政强制(?:措施)?$")
_FEE = Label("fee", "行政事业性收费", r"事业性收费$")
_PURCHASE = Label("purchase", "政府集中采购", r"集中采购$")

_BEFORE = Label("before", "上一年项目数量", r"上一?年(?:度)?项目")
_CHANGE = Label("change", "本年增/减", r"增/?减")
_DECISIONS = Label("decisions", "处理决定数量", r"处理决定")

FORM_2019 = Form(
    key="2019",
    name="2019 年格式（旧格式）",
    basis="国办公开办函〔2019〕60号",
    first=2019,
    last=2020,
    clauses=(
        Clause(
            "第二十条第（一）项",
            (
                Label("made", "本年新制作数量", r"制作"),
                Label("opened", "本年新公开数量", r"新公开"),
                Label("standing", "对外公开总数量", r"总数"),
            ),
            (_REGULATION, _NORM),
        ),
        Clause("第二十条第（五）项", (_BEFORE, _CHANGE, _DECISIONS), (_LICENCE, _SERVICE)),
        Clause("第二十条第（六）项", (_BEFORE, _CHANGE, _DECISIONS), (_PENALTY, _FORCE)),
        Clause("第二十条第（八）项", (_BEFORE, _CHANGE), (_FEE,)),
        Clause(
            "第二十条第（九）项",
            (
                Label("projects", "采购项目数量", r"采购项目"),
                Label("amount", "采购总金额", r"采购总?金额"),
            ),
            (_PURCHASE,),
        ),
    ),
    results=(*_RESULTS, _OTHER_2019),
)

FORM_2021 = Form(
    key="2021",
    name="2021 年格式（现行格式）",
    basis="国办公开办函〔2021〕30号",
    first=2021,
    last=None,
    clauses=(
        Clause(
            "第二十条第（一）项",
            (
                Label("made", "本年制发件数", r"制发"),
                Label("repealed", "本年废止件数", r"废止"),
                Label("in_force", "现行有效件数", r"有效"),
            ),
            (_REGULATION, Label("norm", "行政规范性文件", _NORM.mark)),
        ),
        Clause("第二十条第（五）项", (Label("decisions", "本年处理决定数量", _DECISIONS.mark),), (_LICENCE,)),
        Clause(
            "第二十条第（六）项",
            (Label("decisions", "本年处理决定数量", _DECISIONS.mark),),
            (_PENALTY, _FORCE),
        ),
        Clause("第二十条第（八）项", (Label("charged", "本年收费金额（单位：万元）", r"收费金额"),), (_FEE,)),
    ),
    results=(*_RESULTS, _OTHER_2021),
)

FORMS = (FORM_2019, FORM_2021)
EARLIEST = FORM_2019.first


def form_for(year: int) -> Form | None:
    """The form that a report of a year must use; None before there was a common form."""
    return next((form for form in reversed(FORMS) if year >= form.first), None)


def form_named(key: str) -> Form:
    """The form of a key. StopIteration is a mistake in this program."""
    return next(form for form in FORMS if form.key == key)
