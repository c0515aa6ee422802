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
class RowGroup:
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
    results: tuple[RowGroup, ...]

    @property
    def outcomes(self) -> tuple[Label, ...]:
        """Rows of 三、本年度办理结果 that （七）总计 adds up."""
        return tuple(row for group in self.results for row in group.rows)

    @property
    def request_rows(self) -> tuple[Label, ...]:
        """Every row of table three that holds numbers, in printed order."""
        return (NEW, CARRIED, *self.outcomes, DECIDED, LEFT)


def _labels(table: str) -> tuple[Label, ...]:
    """A line a label: its key, its printed words, its mark; blanks between them."""
    return tuple(Label(*line.split()) for line in table.strip().splitlines())


SECTIONS = _labels(r"""
    1  总体情况  ^(?:工作)?总体(?:工作)?情况$|^概述$
    2  主动公开政府信息情况  主动公开.{0,12}情况$|政府信息主动公开(?:情况)?$|^主动公开(?:政府信息)?$
    3  收到和处理政府信息公开申请情况  (?:收到|处理|依申请|受理).{0,12}(?:申请|公开).{0,6}情况$|^依申请公开(?:政府信息)?$
    4  政府信息公开行政复议、行政诉讼情况  (?:复议|诉讼).{0,16}情况$|复议.{0,8}诉讼$
    5  存在的主要问题及改进情况  问题.{0,10}(?:改进|措施|打算|情况|建议)|存在的?(?:主要)?问题$
    6  其他需要报告的事项  其[他它].{0,6}事项$|其[他它](?:需要?)?报告
""")

APPLICANTS = _labels(r"""
    natural   自然人        自然人
    business  商业企业      商业企业
    research  科研机构      科研机构
    charity   社会公益组织  社会公益
    legal     法律服务机构  法律服务
    others    其他          ^其他$
    total     总计          ^[总合]计$
""")

NEW, CARRIED, DECIDED, LEFT = _labels(r"""
    new      一、本年新收政府信息公开申请数量  本年度?新收
    carried  二、上年结转政府信息公开申请数量  上一?年度?结转
    decided  （七）总计                        ^(?:\(?[七7]\)?[、.]?)?[总合]计$
    left     四、结转下年度继续办理            结转(?:至|到)?下一?年
""")

_GRANTED = RowGroup("", _labels("granted （一）予以公开 予以公开"))
_PARTIAL = RowGroup("", _labels("partial （二）部分公开（区分处理的，只计这一情形，不计其他情形） 部分公开"))
_REFUSED = RowGroup("（三）不予公开", _labels(r"""
    refused.1  1.属于国家秘密              国家秘密
    refused.2  2.其他法律行政法规禁止公开  法规禁止
    refused.3  3.危及“三安全一稳定”        三安全|一稳定
    refused.4  4.保护第三方合法权益        第三方
    refused.5  5.属于三类内部事务信息      内部(?:事务|管理)
    refused.6  6.属于四类过程性信息        过程性
    refused.7  7.属于行政执法案卷          执法案卷
    refused.8  8.属于行政查询事项          行政查询
"""))  # fmt: skip
_UNABLE = RowGroup("（四）无法提供", _labels(r"""
    unable.1  1.本机关不掌握相关政府信息  不掌握
    unable.2  2.没有现成信息需要另行制作  另行制作|没有现成
    unable.3  3.补正后申请内容仍不明确    仍不明确
"""))  # fmt: skip
_IGNORED = RowGroup("（五）不予处理", _labels(r"""
    ignored.1  1.信访举报投诉类申请                      信访
    ignored.2  2.重复申请                                重复申请
    ignored.3  3.要求提供公开出版物                      公开出版物
    ignored.4  4.无正当理由大量反复申请                  大量反复
    ignored.5  5.要求行政机关确认或重新出具已获取信息    重新出具
"""))  # fmt: skip
_OTHER_2019 = RowGroup("", _labels("other （六）其他处理 其他处理"))
_OTHER_2021 = RowGroup("（六）其他处理", _labels(r"""
    other.1  1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请        逾期不补正|逾期未补正
    other.2  2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请  收费通知|缴纳费用|不缴费|未缴费
    other.3  3.其他                                                                ^3?[、.]?其他(?:原因)?$
"""))  # fmt: skip
_RESULTS = (_GRANTED, _PARTIAL, _REFUSED, _UNABLE, _IGNORED)

LAWSUITS = _labels(r"""
    review  行政复议          行政复议
    direct  未经复议直接起诉  未经复议|直接起诉
    after   复议后起诉        复议后
""")
RULINGS = _labels(r"""
    upheld     结果维持  维持
    corrected  结果纠正  纠正
    other      其他结果  其他
    pending    尚未审结  审结
    total      总计      ^[总合]计$
""")

_REGULATION, _NORM, _NORM_2021, _LICENCE, _SERVICE, _PENALTY, _FORCE, _FEE, _PURCHASE = _labels(r"""
    regulation  规章                  ^规章$
    norm        规范性文件            规范性文件$
    norm        行政规范性文件        规范性文件$
    licence     行政许可              ^行政许可$
    service     其他对外管理服务事项  对外管理服务
    penalty     行政处罚              ^行政处罚$
    force       行政强制              ^行政强制(?:措施)?$
    fee         行政事业性收费        事业性收费$
    purchase    政府集中采购          集中采购$
""")
_DOCUMENTS_2019 = _labels(r"""
    made      本年新制作数量  制作
    opened    本年新公开数量  新公开
    standing  对外公开总数量  总数
""")
_DOCUMENTS_2021 = _labels(r"""
    made      本年制发件数  制发
    repealed  本年废止件数  废止
    in_force  现行有效件数  有效
""")
_ITEMS_2019 = _labels(r"""
    before     上一年项目数量  上一?年(?:度)?项目
    change     本年增/减       增/?减
    decisions  处理决定数量    处理决定
""")
_PURCHASES = _labels(r"""
    projects  采购项目数量  采购项目
    amount    采购总金额    采购总?金额
""")
_DECISIONS_2021 = _labels("decisions 本年处理决定数量 处理决定")
_CHARGES_2021 = _labels("charged 本年收费金额（单位：万元） 收费金额")

FORM_2019 = Form(
    key="2019",
    name="2019 年格式（旧格式）",
    basis="国办公开办函〔2019〕60号",
    first=2019,
    last=2020,
    clauses=(
        Clause("第二十条第（一）项", _DOCUMENTS_2019, (_REGULATION, _NORM)),
        Clause("第二十条第（五）项", _ITEMS_2019, (_LICENCE, _SERVICE)),
        Clause("第二十条第（六）项", _ITEMS_2019, (_PENALTY, _FORCE)),
        Clause("第二十条第（八）项", _ITEMS_2019[:2], (_FEE,)),
        Clause("第二十条第（九）项", _PURCHASES, (_PURCHASE,)),
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
        Clause("第二十条第（一）项", _DOCUMENTS_2021, (_REGULATION, _NORM_2021)),
        Clause("第二十条第（五）项", _DECISIONS_2021, (_LICENCE,)),
        Clause("第二十条第（六）项", _DECISIONS_2021, (_PENALTY, _FORCE)),
        Clause("第二十条第（八）项", _CHARGES_2021, (_FEE,)),
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
