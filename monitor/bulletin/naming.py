"""Who is named in a bulletin: by the stated rule, with the editor's additions and omissions, or not at all. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from monitor.judge.judging import Judgement
from rules.book.unit_few_postings import few_postings
from rules.cases import UnitCase
from rules.engine.rule import Rule, thresholds_of
from rules.engine.rulings import Ruling
from rules.errors import WrongInput
from rules.vocabulary.places import Unit
from rules.vocabulary.suggestions import did_you_mean


@dataclass(frozen=True, slots=True)
class NamingEdit:
    """The editor names or skips a unit (as typed: name, alias or id), for a reason. `kept`: it was said for the bulletin
    published before, and falls away where it is no longer possible."""

    unit: str
    reason: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class NamingDecision:
    """One unit and the question of naming it, by its case. `exempt`: passing it over needs no further reason;
    `edited`: the editor decided."""

    unit: Unit
    case: UnitCase
    named: bool
    exempt: bool
    why: str
    edited: bool = False

    @property
    def shown(self) -> str:
        return f"{self.case.count}" if self.case.exact else f"至少 {self.case.count}"

    @property
    def middles(self) -> tuple[float, float]:
        """The medians of its kind, of totals and of postings a column."""
        peers = self.case.peers
        return (median(peers), median(self.case.peer_rates)) if peers else (0, 0)

    @property
    def measured(self) -> str:
        """What it is compared by: 20 条、9 个栏目."""
        return f"{self.case.count} 条、{self.case.owed} 个栏目"

    def no_better_than(self, other: "NamingDecision") -> bool:
        """As little or less by either measure."""
        return self.case.count <= other.case.count and self.case.rate <= other.case.rate


@dataclass(frozen=True, slots=True)
class Naming:
    """Everybody who could be named, in the order of the site file, and the rule that decides."""

    rule: Rule
    thresholds: tuple[tuple[str, object], ...]
    local: tuple[NamingDecision, ...]
    departments: tuple[NamingDecision, ...]

    @property
    def verdicts(self) -> tuple[NamingDecision, ...]:
        return self.local + self.departments


def named(verdicts: Iterable[NamingDecision]) -> tuple[NamingDecision, ...]:
    """Who is named, most postings first, as bulletins list them."""
    return tuple(sorted((v for v in verdicts if v.named), key=lambda verdict: -verdict.case.count))


def decide_naming(judgement: Judgement, names: Sequence[NamingEdit], skips: Sequence[NamingEdit]) -> Naming:
    """The rule's proposals with the editor's changes applied. Raises WrongInput where a change is not allowed, or
    where somebody is named while somebody lower is passed over without a stated reason."""
    added, skipped = _by_unit(judgement, names, "--name"), _by_unit(judgement, skips, "--skip")
    for key in added.keys() & skipped.keys():
        raise WrongInput(f"{judgement.site.unit(key).name}同时写在 --name 和 --skip 中，请去掉一个。")
    cases = [case for case in judgement.cases if isinstance(case, UnitCase)]
    verdicts = [_verdict(judgement, case, added, skipped) for case in cases]
    thresholds = thresholds_of(few_postings, judgement.site.thresholds)
    local = tuple(v for v in verdicts if v.unit.kind.local)
    departments = tuple(v for v in verdicts if not v.unit.kind.local)
    for group in (local, departments):
        _refuse_unfair(group)
    return Naming(few_postings, tuple(thresholds.items()), local, departments)


def _by_unit(judgement: Judgement, edits: Sequence[NamingEdit], option: str) -> dict[str, str]:
    """Key of the unit → reason. Naming one that may not be named is refused; skipping is always possible."""
    found: dict[str, str] = {}
    for edit in edits:
        unit = next((u for u in judgement.site.units[1:] if edit.unit in (*u.names, u.key)), None)
        against = _against(judgement, unit, edit, option)
        if against and not edit.kept:
            raise WrongInput(against)
        if unit and not against:
            found[unit.key] = edit.reason
    return found


def _against(judgement: Judgement, unit: Unit | None, edit: NamingEdit, option: str) -> str:
    """Why an edit cannot be; "" where it can."""
    if unit is None:
        meant = did_you_mean(edit.unit, [name for each in judgement.site.units[1:] for name in each.names])
        return f"{option} 中的“{edit.unit}”不是站点文件里的单位{meant}，请写全称、别名或编号。"
    if not edit.reason:
        return f"{option} {edit.unit} 没有写明理由，请写成 {option} {edit.unit}=理由。"
    if option == "--skip":
        return ""
    case = next((c for c in judgement.cases if isinstance(c, UnitCase) and c.subject == unit.key), None)
    waived = next((r.waived for r in _ours(judgement) if r.finding.subject == unit.key and r.waived), None)
    if case is None:
        own = "是发通报的单位" if judgement.site.is_issuer(unit) else "没有独自负责的基层政务公开栏目"
        return f"{unit.name}{own}，不能点名。"
    if not case.exact:
        return f"{unit.name}有栏目没有完整读取（至少 {case.count} 条），不能点名。"
    if waived:
        return f"{unit.name}已经豁免（{waived}），不能点名。"
    return "" if judgement.period.over(judgement.as_of) else f"时段还没有结束，不能点名{unit.name}。"


def _verdict(
    judgement: Judgement, case: UnitCase, added: dict[str, str], skipped: dict[str, str]
) -> NamingDecision:
    unit = judgement.site.unit(case.subject)
    ruling = next((r for r in _ours(judgement) if r.finding.subject == case.subject), None)
    named, exempt, why = ruling is not None and ruling.reported, not case.exact, "按规则点名"
    if unit.key in added:
        named, why = True, added[unit.key]
    elif unit.key in skipped:
        named, exempt, why = False, True, skipped[unit.key]
    elif ruling is not None and not ruling.reported:
        exempt, why = True, f"已豁免：{ruling.waived}" if ruling.waived else f"不据此点名：{ruling.inhibited}"
    elif not named:
        exempt, why = _left_alone(judgement, case)
    edited = unit.key in added or unit.key in skipped
    if case.waived:
        why += f"；另有 {case.waived} 个栏目没有信息而已豁免，不算应更新的栏目"
    if case.external:
        why += f"；另有 {case.external} 个栏目设在其他网站，没有计入"
    return NamingDecision(unit, case, named, exempt, why, edited)


def _ours(judgement: Judgement) -> list[Ruling]:
    return [ruling for ruling in judgement.rulings if ruling.finding.rule == few_postings.id]


def _left_alone(judgement: Judgement, case: UnitCase) -> tuple[bool, str]:
    """Why the rule does not propose a unit, and whether that is reason enough beside others that are named."""
    if not case.exact:
        return True, "没有完整读取，不作判断"
    if not judgement.period.over(judgement.as_of):
        return True, "时段没有结束，不作判断"
    if not case.owed:
        return True, "没有该时段应当更新的栏目（都是年度或更长周期的，或已豁免）"
    if len(case.peers) < thresholds_of(few_postings, judgement.site.thresholds)["peers"]:
        return False, f"同类单位只有 {len(case.peers)} 个，不作比较"
    if not any(case.peers):
        return False, "同类单位都没有发布信息，无从比较"
    whole, rate = case.count >= median(case.peers), case.rate >= median(case.peer_rates)
    return False, (
        "发布总数和每个栏目的平均数都不低于中位数" if whole and rate
        else "发布总数不低于中位数" if whole
        else "每个栏目的平均数不低于中位数" if rate
        else "未达到点名的界限"
    )  # fmt: skip


def _refuse_unfair(group: Sequence[NamingDecision]) -> None:
    """Whoever published as little, by total and by column, as one that is named is named too, or excused with a reason."""
    for most in named(group):
        passed = [v for v in group if not v.named and not v.exempt and v.no_better_than(most)]
        if passed:
            lower = "、".join(f"{verdict.unit.name}（{verdict.measured}）" for verdict in passed)
            raise WrongInput(
                f"点名了{most.unit.name}（{most.measured}），却没有点名发布同样少或更少的{lower}，"
                f"请一并点名，或用 --skip 单位=理由 说明为什么不点名，没有写入任何文件。"
            )
