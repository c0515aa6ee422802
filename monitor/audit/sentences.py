"""The sentences of an audit, for every paper and the terminal. Days are written in ISO; a Word paper writes them out. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from crawler.outcomes.causes import reason_of
from monitor.audit.compose import Audit, AuditLine, Verdict
from monitor.audit.problems import AuditProblem, Demand
from monitor.wording import office_of
from rules.book import RULES
from rules.cases import LetterCase
from rules.dates.workdays import Due
from rules.engine.finding import Finding

# Who may look at a unit's disclosure, and ask it to put right what is wrong.
BASIS = "《中华人民共和国政府信息公开条例》（国务院令第711号）第四十七条"
# Of further findings on one column in its paragraph; all stand in the JSON.
MOST = 20
# Of the columns that could not be read for one reason by name; the table marks all.
MOST_NAMED = 6


def opening(audit: Audit) -> str:
    """Who looked at what, on what basis."""
    judgement = audit.judgement
    return (
        f"依据{BASIS}，{office_of(judgement.site)}于 {judgement.as_of:%Y-%m-%d} 对你单位负责的政府网站栏目和"
        f"留言办理情况进行了专项检查，统计时段为{judgement.period.title}。现将有关情况反馈如下："
    )


def looked_at(audit: Audit) -> str:
    """How many columns and mailboxes were looked at, and how many of them were read."""
    whole = len(audit.asked) - len(audit.unread)
    part = sum(line.seen for line in audit.unread)
    none = len(audit.unread) - part
    external = len(audit.lines) - len(audit.asked)
    parts = [f"完整读取 {whole} 个"]
    parts += [f"读到一部分 {part} 个"] if part else []
    parts += [f"未能检查 {none} 个"] if none else []
    beyond = f"；另有 {external} 个在外部网站，不在检查范围" if external else ""
    said = (
        f"应检查栏目 {len(audit.asked)} 个，{'、'.join(parts)}{beyond}。"
        if audit.lines
        else "没有登记由你单位负责的栏目。"
    )
    return said + _mailboxes(audit)


def _mailboxes(audit: Audit) -> str:
    outcomes = audit.look.mailboxes.values()
    good = sum(outcome.good for outcome in outcomes)
    return f"检查信箱 {len(outcomes)} 个，完整读取 {good} 个。" if outcomes else ""


def conclusion(audit: Audit) -> str:
    """What the whole says. Nothing was found is said of what was read alone."""
    read = len(audit.asked) - len(audit.unread)
    if audit.verdict is Verdict.UNKNOWN:
        what = "没有读到任何一个栏目" if audit.asked else "没有可以读到的内容"
        return f"无法判断：本次{what}，不能说明有没有问题，请排除原因后重新检查。"
    if audit.verdict is Verdict.SOUND:
        return f"检查的 {read} 个栏目没有发现{_beside_waived(audit)}问题。"
    if audit.verdict is Verdict.IN_PART:
        rest = "、".join(_not_whole(audit))
        return f"读到的内容没有发现{_beside_waived(audit)}问题；{rest}，是否有问题无法判断。"
    counted = [f"{demand.value} {len(found)} 项" for demand in Demand if (found := audit.demanded(demand))]
    return f"问题清单共 {len(audit.problems)} 项：{'，'.join(counted)}。"


def _beside_waived(audit: Audit) -> str:
    waived = len(audit.demanded(Demand.WAIVED))
    return f"已豁免的 {waived} 项以外的" if waived else ""


def _not_whole(audit: Audit) -> Iterator[str]:
    if not audit.asked:
        yield "没有可以检查的栏目"
    if audit.unread:
        yield f"有 {len(audit.unread)} 个栏目未能检查或未读完整"
    if boxes := sum(not outcome.good for outcome in audit.look.mailboxes.values()):
        yield f"有 {boxes} 个信箱未能检查或未读完整"


def problems(audit: Audit) -> list[str]:
    """The list: what was found, what is asked, by when, on what basis, and where to look."""
    return [f"{problem.number}. {problem_text(problem)}" for problem in audit.problems]


def problem_text(problem: AuditProblem) -> str:
    """A problem as the paper prints it: its main finding, and what else of it can still be put right, each with what to do, by
    when and on what basis."""
    line = problem.line
    more = [finding for finding in problem.asked if finding is not line.main]
    said = [f"〔{line.severity.value}〕{line.main.sentence if more else line.sentence}"]
    if problem.demand in (Demand.WAIVED, Demand.PAST):
        said.append(_reason(problem))
    said.append(_task(problem, line.main))
    said += [f"另（{n}）{each.sentence}{_task(problem, each)}" for n, each in enumerate(more[:MOST], start=1)]
    said += [f"另有 {len(more) - MOST} 项未列出。"] if len(more) > MOST else []
    return "".join(said)


def _reason(problem: AuditProblem) -> str:
    if problem.demand is Demand.WAIVED:
        return f"已豁免：{problem.line.waived}。"
    return "事实已经形成，不要求整改，供核实和今后改进。"


def _task(problem: AuditProblem, finding: Finding) -> str:
    """What to do about one finding, if anything, by when; on what basis; where."""
    rule = RULES[finding.rule]
    link = f"链接：{finding.url}" if finding.url else ""
    asked = ""
    if finding in problem.asked:
        asked = f"怎么办：{rule.remedy}{_until(rule.within, problem.days[problem.asked.index(finding)])}"
    return f"{asked}依据：{rule.basis}。{link}"


def _until(within: int | None, due: Due | None) -> str:
    if within == 0:
        return "期限：立即。"
    return f"期限：{due.day:%Y-%m-%d} 前（含当日）{due.doubt}。" if due else ""


def unseen(audit: Audit) -> list[str]:
    """What could not be checked today, with today's cause; and what earlier readings found there, of which nothing is said."""
    alike: dict[tuple[bool, str], list[AuditLine]] = defaultdict(list)
    for line in audit.unread:
        alike[line.seen, _cause(line)].append(line)
    said = [_unread(seen, cause, lines) for (seen, cause), lines in alike.items()]
    names = {box.key: box.name for box in audit.judgement.site.mailboxes}
    said += [
        f"未能检查：信箱“{names.get(key, key)}”（{outcome.label}），其中的留言不作判断。"
        for key, outcome in audit.look.mailboxes.items()
        if not outcome.good
    ]
    if audit.unverified:
        said.append(f"此前的检查在上述范围内发现的 {len(audit.unverified)} 个问题，本次未能复核，不作认定。")
    return said


def _unread(seen: bool, cause: str, lines: Sequence[AuditLine]) -> str:
    """The columns of one cause in one sentence; of one alone its address."""
    kind, judged = ("未读完整", "未读到的部分不作判断") if seen else ("未能检查", "不计零，不作判断")
    if len(lines) == 1:
        return f"{kind}：{path_of(lines[0])}（{cause}），{judged}，请核对 {lines[0].count.column.url}"
    names = "、".join(path_of(line) for line in lines[:MOST_NAMED]) + "等" * (len(lines) > MOST_NAMED)
    return f"{kind}的 {len(lines)} 个栏目（{cause}），{judged}：{names}。"


def _cause(line: AuditLine) -> str:
    if line.outcome is None:
        return "本次没有采集到"
    return f"{line.outcome.label}：{reason_of(line.cause)}" if line.cause else line.outcome.label


def path_of(line: AuditLine) -> str:
    return "›".join(line.count.column.path)


def demands(audit: Audit) -> list[str]:
    """What is asked of the unit: only what can still be put right."""
    correct, verify = audit.demanded(Demand.CORRECT), audit.demanded(Demand.VERIFY)
    said = []
    if correct:
        said.append(
            f"请于 {_latest(correct):%Y-%m-%d} 前（含当日）完成第 {_numbers(correct)} 项的整改（各项期限见上），"
            "并书面反馈整改情况；确有原因不能按期整改的，请在期限内报备。"
        )
    if verify:
        said.append(f"请核实处理第 {_numbers(verify)} 项，没有规定期限。")
    if audit.verdict is Verdict.UNKNOWN:
        said.append("本次没有读到栏目，对栏目内容不提整改要求。")
    return said or ["本次没有需要整改的内容。"]


def _latest(problems: Sequence[AuditProblem]) -> date:
    return max(problem.due.day for problem in problems if problem.due)


def _numbers(problems: Sequence[AuditProblem]) -> str:
    return "、".join(f"{problem.number}" for problem in problems)


def letters(audit: Audit) -> list[str]:
    """The unit's letters of the period, and older ones that wait, a line each; what can be said where there are none."""
    said = [_letter(letter) for letter in shown_letters(audit)]
    if said:
        return said
    boxes = audit.look.mailboxes
    if not boxes:
        return ["本网站没有登记信箱。"]
    if not any(outcome.good for outcome in boxes.values()):
        return ["信箱未能读取，留言办理情况无法判断。"]
    return ["没有读到统计时段内由你单位办理的留言，也没有看到此前未答复的。"]


def shown_letters(audit: Audit) -> list[LetterCase]:
    period = audit.judgement.period
    return [
        letter
        for letter in audit.letters
        if not letter.settled or (letter.received is not None and letter.received in period)
    ]


def _letter(letter: LetterCase) -> str:
    received = f"{letter.received:%Y-%m-%d} 收到" if letter.received else "收到日期不详"
    answered = f"{letter.answered:%Y-%m-%d} 答复" if letter.answered else _unanswered(letter)
    return f"留言“{letter.title}”{received}，{answered}。"


def _unanswered(letter: LetterCase) -> str:
    if letter.settled:
        return "已答复，答复日期不详"
    return "未答复" if letter.known else "看不出是否答复"


def advice(audit: Audit) -> list[str]:
    """All that is said beside the list: how far it goes, what follows."""
    return [looked_at(audit), conclusion(audit), *unseen(audit), *demands(audit)]
