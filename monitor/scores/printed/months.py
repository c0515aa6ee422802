"""The months a total is proved to be made of against the months its heading and its table's title name."""

from collections.abc import Iterator, Sequence

from monitor.scores.printed.additions import Addition
from monitor.scores.printed.discrepancies import Discrepancy, FilePlace, Kind
from monitor.scores.printed.layout import Layout
from monitor.scores.printed.month_words import find_spans


def wrong_months(layout: Layout, additions: Sequence[Addition]) -> Iterator[Discrepancy]:
    """第一季度 over a total of 2月, 3月 and 4月. Only where every column of the total names its months."""
    for addition in additions:
        months = [_months(heading.text) for heading, _ in addition.addends]
        if not all(months):
            continue
        whole = frozenset().union(*months)
        texts = (addition.total.text, *layout.grid.captions)
        said = [(span, set(range(span.first, span.last + 1))) for text in texts for span in find_spans(text)]
        long = [(span, named) for span, named in said if len(named) > 1]
        if long and not any(named == whole for _, named in long):
            shown = "、".join(f"{month}月" for month in sorted(whole))
            words = long[0][0].text
            sentence = f"表写“{words}”，而“{addition.total.text}”由{shown}相加而成。"
            place = FilePlace(
                layout.grid.title, column=addition.total.column + 1, heading=addition.total.text
            )
            yield Discrepancy(Kind.PERIOD, place, sentence, printed=words, reckoned=shown)


def _months(heading: str) -> frozenset[int]:
    return frozenset(m for span in find_spans(heading) for m in range(span.first, span.last + 1))
