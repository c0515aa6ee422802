"""Whether a period may be published: below what the site file expects, the fault is ours. Pure."""

from collections.abc import Iterator, Sequence

from db.counting.counts import Count
from monitor.judge.judging import Judgement
from monitor.wording import day_of
from rules.dates.periods import Period
from rules.vocabulary.terms import Outcome

WHOLE = {Outcome.READ.value, Outcome.EMPTY.value}


def doubts_of(judgement: Judgement) -> tuple[str, ...]:
    """Why the numbers may not be published: clauses, none if they may."""
    unread = (*_unread(judgement),) or (*_void(judgement),)
    return (*_unfinished(judgement), *unread, *_unlikely(judgement))


def share_read(counts: Sequence[Count]) -> tuple[int, int]:
    """Columns read over the whole period, of all that have a page here."""
    columns = {count.column.key: count.status in WHOLE for count in counts if not count.column.elsewhere}
    return sum(columns.values()), len(columns)


def expected_postings(judgement: Judgement) -> tuple[int, int] | None:
    """The site file's range of postings a quarter, stretched to the period's months."""
    wanted = judgement.site.expect.postings
    if wanted is None:
        return None
    months = months_of(judgement.period)
    return wanted[0] * months // 3, -(-wanted[1] * months // 3)


def months_of(period: Period) -> int:
    return period.last.month - period.start.month + 1


def _unfinished(judgement: Judgement) -> Iterator[str]:
    if not judgement.period.over(judgement.as_of):
        last, day = day_of(judgement.period.last), day_of(judgement.as_of)
        yield f"时段到{last}过完才结束，数据只到{day}"


def _void(judgement: Judgement) -> Iterator[str]:
    if judgement.night is not None and not judgement.night.counts:
        yield judgement.night.sentence.rstrip("。")


def _unread(judgement: Judgement) -> Iterator[str]:
    whole, columns = share_read(judgement.counts)
    wanted = judgement.site.expect.read
    if whole < columns * wanted or not columns:
        yield f"{columns} 个栏目中完整读取的只有 {whole} 个，低于站点文件要求的 {wanted:.0%}"


def _unlikely(judgement: Judgement) -> Iterator[str]:
    total = sum(count.count or 0 for count in judgement.counts)
    wanted = expected_postings(judgement)
    if wanted and not wanted[0] <= total <= wanted[1]:
        yield f"共读到 {total} 条，不在站点文件预期的 {wanted[0]} 至 {wanted[1]} 条之内"
