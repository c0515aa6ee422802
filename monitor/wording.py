"""Counts and their sums, days, periods and figures, as every paper prints them. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.counting.counts import EXTERNAL, Count
from rules.dates.periods import Period
from rules.vocabulary.places import Site
from rules.vocabulary.terms import OUTCOME_LABELS, Exactness, Outcome

HAN = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
GAP = re.compile(rf"(?<=[{HAN}“”]) (?=[\w“”-])|(?<=[\w%]) (?=[{HAN}“”])")
ISO_OR_QUOTE = re.compile(r"“[^”]*”|(?<![\w/.=&?-])(\d{4})-(\d\d)-(\d\d)(?![\d/-])", re.ASCII)
SEAM = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=[\d%])(?=[\u4e00-\u9fff])")


def span_of(period: Period) -> str:
    """4月1日至6月30日."""
    first, last = period.start, period.last
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"


def day_of(day: date) -> str:
    """2023年7月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def reach_of(as_of: date, read_on: date | None) -> str:
    """数据截至2023年7月3日，最近读取2023年7月3日: how far what a paper says reaches."""
    read = f"最近读取{day_of(read_on)}" if read_on else "没有读到任何内容"
    return f"数据截至{day_of(as_of)}，{read}"


GOVERNMENTS = ("人民政府", "政府", "管理委员会", "管委会")


def office_of(site: Site) -> str:
    """Who issues the papers: 某区人民政府办公室, or the portal's own unit."""
    return f"{site.name}办公室" if site.name.endswith(GOVERNMENTS) else site.units[0].name


def issue_of(site: Site, period: Period) -> str:
    """期号: the number of a period's paper in its year, as the site file puts it; a month's, a quarter's, a year's first."""
    number = {"month": period.start.month, "quarter": (period.start.month + 2) // 3}.get(period.kind, 1)
    form = site.papers.issue or "{年}年第{期}期"
    return form.replace("{年}", f"{period.start.year}").replace("{期}", f"{number}")


def written_days(text: str) -> str:
    """A sentence of a paper: days in it as 2023年7月3日, not in ISO. What is quoted (“…”) stays as it was written."""
    return ISO_OR_QUOTE.sub(
        lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found[1] else found[0], text
    )


def tight(text: str) -> str:
    """Without the spaces between Chinese and figures, as official documents are set."""
    return GAP.sub("", text)


def spaced(text: str, names: Iterable[str] = ()) -> str:
    """With a space between Chinese and figures, as plain text is read; names are left as they are."""
    whole = [re.escape(name) for name in sorted(set(names), key=len, reverse=True) if SEAM.search(name)]
    if not whole:
        return SEAM.sub(" ", text)
    parts = re.split(f"({'|'.join(whole)})", text)
    return "".join(part if place % 2 else SEAM.sub(" ", part) for place, part in enumerate(parts))


@dataclass(frozen=True, slots=True)
class Total:
    """A sum; `exact` when every part is. `read`: anything of it was read; `external`: all of it is elsewhere."""

    number: int
    exact: bool
    read: bool = True
    external: bool = False

    def __str__(self) -> str:
        return f"{self.number}" if self.exact else f"至少 {self.number}"


def total_of(counts: Iterable[Count], sure: bool = True) -> Total:
    """The sum of counts; external columns add nothing and take nothing from exactness."""
    counts = list(counts)
    own = [count for count in counts if count.status != EXTERNAL]
    return Total(
        sum(c.count or 0 for c in own),
        sure and all(c.exactness is Exactness.EXACT for c in own),
        read=not own or any(c.count is not None for c in own),
        external=bool(counts) and not own,
    )


def status_label(status: str) -> str:
    """An outcome's Chinese word; external and never visited have theirs."""
    words = {EXTERNAL: "外部网站", "": "未采集"}
    return words.get(status) or OUTCOME_LABELS[Outcome(status)]


def shown(count: Count) -> str | int:
    """A count as printed: a number, 至少 n, 未读取, or the external note."""
    if count.column.elsewhere:
        return count.column.elsewhere
    if count.count is None:
        return "未读取"
    return count.count if count.exactness is Exactness.EXACT else f"至少 {count.count}"


def shown_total(total: Total) -> str | int:
    """A sum as printed; where nothing was read, or all of it is elsewhere, there is no number."""
    if total.external:
        return "—"
    if not total.read:
        return "未读取"
    return total.number if total.exact else f"{total}"
