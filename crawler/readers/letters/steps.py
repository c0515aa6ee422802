"""The steps of a letter's handling (提交 → 受理 → 转办 → 办结), each with its moment, as a table or a row of marks.

Steps come in company: a lone 受理 beside a day may be anything. 转办 is not taken for 受理: it says only that the
letter had been accepted by then.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from lxml import html

from crawler.page.dates import find_moment
from crawler.page.labels import COLON, value_cell
from crawler.page.lines import Line, ancestors
from crawler.page.model import CELLS
from crawler.readers.articles.zone import bare_date
from crawler.readers.letters.letter_labels import WORDS
from rules.vocabulary.white_space import squeeze

_VERBS = "提交|来信|写信|留言|受理|登记|审核|转办|交办|分办|派单|签收|承办|办理|处理|答复|回复|办结|办复|反馈|评价|归档"
_STEP = re.compile(
    rf"(?![办处]理环节)(?:信件|来信|留言|网民|网友|群众|市民|工单|诉求|部门|单位|办公室|已|正式)*?(?P<what>{_VERBS})"
    r"(?:信件|来信|留言|环节|完成|成功|完毕)?"
)
_SAID = re.compile(rf"(?<![未不待予])(?P<what>{_VERBS})")
_AGAIN = re.compile(r"追问|追加提问|再次(?:来信|提问|留言)")
_STAMP = re.compile(r"(?:19|20)\d\d[-/.年][\d\-/.:：年月日时分秒\s]+")
_MEANT = {
    "提交": "received", "来信": "received", "写信": "received", "留言": "received",
    "受理": "accepted", "答复": "answered", "回复": "answered", "办结": "answered", "办复": "answered",
}  # fmt: skip
# What is done between a letter and its answer: a run without any of these may be the letter and the answer themselves.
_BETWEEN = frozenset(["受理", "登记", "审核", "转办", "交办", "分办", "派单", "签收", "承办"])
_STRIP = " \t　[]【】()（）:：→>-—·|、,，"
# Lines between two steps of one bar: an icon's name, a moment, an office.
FARTHEST = 3
# Different steps from which a row of words without moments is a progress bar, and proves no step done.
BAR = 3
# A step's line: office, act and moment; longer is prose.
LONGEST = 40
# Names of steps in a bar: 已受理, 办理中, 回复结果.
LONGEST_NAME = 6
# A step told as an act: 县公安局于当日受理.
LONGEST_ACT = 24
# Lines around a moment in which its step's cells stand: a row of up to a dozen.
MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line that is a step's name, a moment, or both; `at` is the line."""

    at: int
    what: str
    moment: str


@dataclass(frozen=True)
class Steps:
    """`moments` of what is `received`, `accepted` and `answered`; `lines` are those that the steps stand in."""

    moments: Mapping[str, str] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()


def read_steps(lines: Sequence[Line]) -> Steps:
    """The first steps that come in company."""
    for tokens in _runs(lines):
        steps = _paired(_before_asked_again(tokens, lines), lines)
        if len({what for what, _ in steps}) >= 2 and _BETWEEN.intersection(token.what for token in tokens):
            return Steps(_meant(steps), _lines_of(tokens, lines))
        if len({token.what for token in tokens}) >= BAR and not any(token.moment for token in tokens):
            # A bar of marks that shows how far the letter is by colour alone: its names are no states.
            return Steps(lines=frozenset(token.at for token in tokens))
    return Steps()


def _before_asked_again(tokens: Sequence[Token], lines: Sequence[Line]) -> Sequence[Token]:
    """The steps before the writer asked again (追问): a later answer is not the letter's."""
    for token in tokens[1:]:
        if any(
            _AGAIN.search(lines[at].text) and len(lines[at].text) <= LONGEST
            for at in (token.at - 1, token.at)
        ):
            return [one for one in tokens if one.at < token.at]
    return tokens


def _lines_of(tokens: Sequence[Token], lines: Sequence[Line]) -> frozenset[int]:
    """The lines of the steps, with what stands beside them in their rows and the names of the columns over them.
    A long line may be an answer that stands in the last step's row."""
    at = {token.at for token in tokens}
    rows = {row for n in at if (row := _row(lines[n])) is not None}
    first = _row(lines[min(at)])
    head = first.getprevious() if first is not None and first.tag == "tr" else None
    near = range(max(0, min(at) - MOST_COLUMNS), min(len(lines), max(at) + MOST_COLUMNS))
    beside = {n for n in near if _row(lines[n]) in rows and len(lines[n].text) <= LONGEST}
    names = {n for n in near if head is not None and _row(lines[n]) is head}
    plain = all(len(lines[n].text) <= LONGEST_NAME and not find_moment(lines[n].text) for n in names)
    return frozenset(at | beside | (names if plain else set()))


def _row(line: Line) -> html.HtmlElement | None:
    return next((node for node in islice(ancestors(line.element), 4) if node.tag in ("tr", "li")), None)


def _meant(steps: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The first moment of each, but the last of the answer's."""
    found: dict[str, str] = {}
    for what, moment in steps:
        kind = _MEANT.get(what)
        if kind and (kind not in found or (kind == "answered" and moment > found[kind])):
            found[kind] = moment
    return found


def _runs(lines: Sequence[Line]) -> Iterator[list[Token]]:
    """Tokens as they follow one another, with no more than a few other lines between."""
    run: list[Token] = []
    for at, line in enumerate(lines):
        named = at and _names(lines[at - 1], line)
        tokens = [] if named else [token for part in line.pieces if (token := _token(at, part))]
        if not tokens and not named and _is_beside_moment(lines, at):
            tokens = _act(at, line.text)
        if tokens and run and at - run[-1].at > FARTHEST:
            yield run
            run = []
        run += tokens
    yield run


def _names(label: Line, line: Line) -> bool:
    """Whether a line is the value of the label above it or beside it: a state or a day there is no step."""
    word = WORDS.alone(label.text)
    if word is None or _STEP.fullmatch(word):
        return False
    if label.element.tag not in CELLS:
        return label.text[-1] in COLON
    return value_cell(label) in set(ancestors(line.element))


def _is_beside_moment(lines: Sequence[Line], at: int) -> bool:
    row = _row(lines[at])
    beside = (lines[n] for n in (at - 1, at + 1) if 0 <= n < len(lines))
    return row is not None and any(bare_date(line.text) and _row(line) is row for line in beside)


def _act(at: int, text: str) -> list[Token]:
    """县政府办受理, 转办至县交通运输局: an act in the row of its moment."""
    act = None if len(text) > LONGEST_ACT or WORDS.alone(text) else _SAID.search(squeeze(text))
    return [Token(at, act["what"], "")] if act else []


def _token(at: int, part: str) -> Token | None:
    if len(part) > LONGEST:
        return None
    moment = find_moment(part)
    if moment and bare_date(part):
        return Token(at, "", moment)
    rest = squeeze(_STAMP.sub("", part)).strip(_STRIP)
    step = _SAID.search(rest) if moment and _STAMP.match(part) else _STEP.fullmatch(rest)
    return Token(at, step["what"], moment or "") if step else None


def _paired(tokens: Sequence[Token], lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Each step with its moment: in one piece, side by side, or in one column of two rows."""
    pairs = [(token.what, token.moment) for token in tokens if token.what and token.moment]
    names = [token for token in tokens if not token.moment]
    moments = [token for token in tokens if not token.what]
    if len(names) > 1 and moments and names[-1].at < moments[0].at:
        columns = {_column(lines[token.at]): token.moment for token in moments}
        return pairs + [(one.what, columns[at]) for one in names if (at := _column(lines[one.at])) in columns]
    loose = [token for token in tokens if not (token.what and token.moment)]
    if loose and loose[0].moment:
        loose.reverse()
    return pairs + [(a.what, b.moment) for a, b in pairwise(loose) if a.what and b.moment]


def _column(line: Line) -> int:
    parent = line.element.getparent()
    return -1 if parent is None else parent.index(line.element)
