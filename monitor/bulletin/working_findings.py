"""What the working copy lists besides naming: vetoes, matters to look at, what changed since the period before and since the
published bulletin. Pure."""

from collections.abc import Iterable, Sequence

from db.counting.counts import Count
from monitor.bulletin.annex_blocks import AnnexBlock, blocks_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.working_part import WorkingPart
from monitor.wording import Total, shown_total, tight, total_of, written_days
from rules.book.posting_backdated import backdated
from rules.book.posting_date_mismatch import date_mismatch
from rules.book.posting_future_dated import future_dated
from rules.book.posting_privacy import privacy
from rules.book.posting_rush_filled import rush_filled
from rules.engine.finding import Finding
from rules.engine.rule import Rule
from rules.vetoes import VetoLine

# Of such a list nobody reads more; `gongkai check` has them all.
MOST_ROWS = 60
MATTERS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("疑似泄露个人信息", (privacy,)),
    ("日期存疑（倒填、突击补发、未来日期、前后不一）", (backdated, rush_filled, future_dated, date_mismatch)),
)


def said(sentence: str) -> str:
    """A sentence as a paper has it."""
    return tight(written_days(sentence))


def veto_part(bulletin: Bulletin) -> WorkingPart:
    """Every veto with what is left before it; without facts about the site as a whole there are none."""
    rows = tuple(
        (
            veto.name,
            said(veto.limit),
            said(veto.state),
            _hit(veto),
        )
        for veto in bulletin.vetoes
    )
    note = (
        () if bulletin.steady else ("有触及的否决项、没有读全的栏目或数据疑点时，正文不写“运行平稳、有序”。",)
    )
    return WorkingPart("单项否决", note, ("否决项", "界限", "情况", "是否触及"), (36, 30, 68, 22), rows)


def _hit(veto: VetoLine) -> str:
    if veto.hit:
        return "触及"
    return "未能判断" if veto.number is None or veto.undecided else "未触及"


def matter_parts(bulletin: Bulletin) -> list[WorkingPart]:
    """Findings that the bulletin does not mention, waived ones with their reason."""
    return [_matter(bulletin, title, {rule.id for rule in rules}) for title, rules in MATTERS]


def _matter(bulletin: Bulletin, title: str, rules: set[str]) -> WorkingPart:
    rulings = [r for r in bulletin.judgement.rulings if r.finding.rule in rules and r.inhibited is None]
    rows = [
        (
            r.finding.unit_names,
            said(r.finding.sentence) + (f"（已豁免：{said(r.waived)}）" if r.waived else ""),
        )
        for r in rulings
    ]
    more = (
        (f"共 {len(rows)} 项，以下列出前 {MOST_ROWS} 项，其余见 gongkai check。",)
        if len(rows) > MOST_ROWS
        else ()
    )
    return WorkingPart(title, more, ("单位", "情况"), (46, 110), tuple(rows[:MOST_ROWS]))


def findings_part(title: str, findings: Iterable[Finding]) -> WorkingPart:
    """Findings as they are."""
    rows = tuple((finding.unit_names or "（未识别承办单位）", said(finding.sentence)) for finding in findings)
    return WorkingPart(title, (), ("单位", "情况"), (46, 110), rows)


def correction_part(bulletin: Bulletin) -> WorkingPart:
    """What differs from the bulletin published before."""
    rows = tuple((f"{number}", said(each)) for number, each in enumerate(bulletin.corrections, start=1))
    return WorkingPart("更正（与已印发的通报相比）", (), ("序号", "不同之处"), (16, 140), rows)


def change_part(bulletin: Bulletin) -> WorkingPart:
    """环比: each unit's total beside that of the period before."""
    before = {block.unit: block.total for block in _blocks(bulletin.beside.before)}
    now = [(block.unit, block.total) for block in _blocks(bulletin.judgement.counts)]
    pairs = [
        *((unit, before.get(unit), total) for unit, total in now if not total.external),
        (
            "信息总数（含基层政务公开以外的）",
            total_of(bulletin.beside.before),
            total_of(bulletin.judgement.counts),
        ),
    ]
    rows = tuple(
        (unit, f"{shown_total(old)}" if old else "—", f"{shown_total(new)}", _change(old, new))
        for unit, old, new in pairs
    )
    note = "上期或本期没有完整读取的不计算增减。"
    return WorkingPart(
        "环比（与上一时段相比）",
        (note,),
        ("单位", "上期", "本期", "增减"),
        (76, 26, 26, 28),
        rows if bulletin.beside.before else (),
    )


def _blocks(counts: Sequence[Count]) -> Sequence[AnnexBlock]:
    return blocks_of([count for count in counts if not count.column.outside])


def _change(old: Total | None, new: Total) -> str:
    if old is None or not (old.exact and old.read and new.exact and new.read):
        return "—"
    change = new.number - old.number
    return "持平" if not change else f"增加 {change}" if change > 0 else f"减少 {-change}"
