"""The two long texts of a letter's page: the question and the answer, each under its label."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import html

from crawler.page.dates import find_moment
from crawler.page.labels import Field, value_cell
from crawler.page.lines import Line, ancestors
from crawler.page.page_words import ends_page, is_boilerplate
from crawler.readers.articles.zone import PROSE, bare_date
from crawler.readers.letters.letter_labels import (
    ANSWERING,
    KINDS,
    LONG_KINDS,
    OTHERS,
    PUBLISHED,
    RANKS,
    WORDS,
    status_of,
)
from crawler.readers.letters.letter_lines import (
    after_label,
    is_pages_own,
    is_strict,
    is_tab,
    replier_of,
    says_none,
    stamp_of,
)
from crawler.readers.letters.office_words import signature_of, unit_of
from crawler.readers.letters.unread_answers import is_private

# A line of who answered and when: an office of 18 characters, a moment, 回复.
LONGEST_HEAD = 60
# Guard: the longest letter and answer have a few hundred.
MOST_LINES = 2_000


@dataclass
class Texts:
    """`answer_at` is the line where the answer begins, `answered` and `answered_by` what its own head or foot says,
    `asked` the moment at the question's foot, `status` what a label of the answer says instead of a text.
    `inside` are the lines of both texts, `loose` those among them that are labels of the page. `unread` are lines
    of prose behind the answer's beginning that belong to neither text; `waiting` is what stands in the answer's
    place instead of one (暂无回复); `private`, that the answer is said to be for the writer alone."""

    question: str = ""
    answer: str = ""
    answer_at: int | None = None
    asked: str | None = None
    answered: str | None = None
    answered_by: str = ""
    inside: set[int] = field(default_factory=set)
    loose: set[int] = field(default_factory=set)
    unread: list[int] = field(default_factory=list)
    waiting: str = ""
    private: bool = False
    status: str = ""

    def holds(self, one: Field) -> bool:
        """The label is a word of the texts themselves, not of the page."""
        return one.at in self.inside and one.at not in self.loose


def read_texts(lines: Sequence[Line], fields: Sequence[Field]) -> Texts:
    """Walks the lines from label to label; text belongs to the label above or beside it."""
    reader = _TextReader(lines, fields)
    for at in range(min(len(lines), MOST_LINES)):
        if ends_page(lines[at].text) and reader.begun:
            break
        reader.step(at)
    return reader.result()


class _TextReader:
    """`state` is the text being gathered; `cell` bounds it where its label stands in a table."""

    def __init__(self, lines: Sequence[Line], fields: Sequence[Field]) -> None:
        self.lines = lines
        self.by_line: dict[int, list[Field]] = {}
        for one in fields:
            self.by_line.setdefault(one.at, []).append(one)
        self.values = {
            one.until
            for one in fields
            if one.until != one.at and KINDS.get(one.label) not in ("question", "answer")
        }
        self.labelled = {KINDS.get(one.label) for one in fields}
        self.texts = Texts()
        self.said: dict[str, list[str]] = {"question": [], "answer": []}
        self.state: str | None = None
        self.cell: html.HtmlElement | None = None
        self.group = ""
        self.begun = False

    def step(self, at: int) -> None:
        line = self.lines[at]
        if self.cell is not None and self.cell not in set(ancestors(line.element)):
            self.state = self.cell = None
        label = self._label(at)
        if label is not None:
            self._turn(at, label)
        elif self.cell is None and (
            WORDS.alone(line.text) in OTHERS or (self.state and is_pages_own(line, self.state))
        ):
            self._stamp(line)
            self.state = None
        elif self.cell is None and self._answered_by(line):
            self._begin("answer", at)
        elif at in self.values and self.cell is None:
            self.texts.loose.add(at)
        elif is_boilerplate(line.text):
            self.state = None if self.cell is None else self.state
        elif self.state:
            self._say(at, line.text)
        elif self._unlabelled(line):
            self.said["question"].append(line.text)
            self.texts.inside.add(at)
        elif self.texts.answer_at is not None and not line.is_link and PROSE.search(line.text):
            self.texts.unread.append(at)

    def _unlabelled(self, line: Line) -> bool:
        """Prose between the letter's data and the answer, on a page that labels no question."""
        free = self.begun and self.texts.answer_at is None and "question" not in self.labelled
        return free and not line.is_link and (len(line.text) >= 10 or bool(PROSE.search(line.text)))

    def _stamp(self, line: Line) -> None:
        """A day that stands alone in a line at the foot of the answer is the answer's."""
        if self.state == "answer":
            self.texts.answered = self.texts.answered or stamp_of(line)

    def _answered_by(self, line: Line) -> bool:
        """A line of who answered, over an answer without a label."""
        said = replier_of(line.text) if self.begun and len(line.text) <= LONGEST_HEAD else None
        if said is None or (
            said[1] is None and (self.texts.answer_at is not None or "answer" in self.labelled)
        ):
            return False
        self.texts.answered_by, self.texts.answered = said[0], said[1] or self.texts.answered
        return True

    def _label(self, at: int) -> Field | None:
        """The label that begins the line, if it is one of the page's and not a word of the text."""
        here = self.by_line.get(at)
        if not here:
            return None
        one, line = here[0], self.lines[at]
        begins = one.alone or WORDS.pattern.match(line.marked.lstrip("【[（(·• ")) is not None
        if not begins and not self._signs(one, line):
            return None
        if self.cell is not None and self.state == "answer" and len(here) > 1 and ANSWERING.search(one.label):
            return one
        if self.cell is not None or (self.state and not one.alone and not is_strict(one, line, self.state)):
            return None
        return one

    def _signs(self, one: Field, line: Line) -> bool:
        """县教育局　答复时间：2021-10-04: an office before the label of its answer's day."""
        if KINDS.get(one.label) != "answered" or not ANSWERING.search(one.label):
            return False
        unit = unit_of(line.parts[0]) if len(line.parts) > 1 else None
        self.texts.answered_by = self.texts.answered_by or unit or ""
        return unit is not None

    def _sign_above(self, at: int) -> None:
        """An office alone in the line over its answer's day answers, and is no word of the question."""
        unit = unit_of(self.lines[at - 1].text)
        if unit:
            self.texts.answered_by = self.texts.answered_by or unit
            if self.said["question"][-1:] == [self.lines[at - 1].text]:
                self.said["question"].pop()

    def _heads(self, at: int, one: Field) -> bool:
        """【官方回复】县教育局　答复时间：2021-10-04: behind the answer's label stand nothing but others, and its office."""
        unit = unit_of(one.value)
        if self.state != "answer" or len(self.by_line[at]) < 2 or (one.value and unit is None):
            return False
        self.texts.answered_by = self.texts.answered_by or unit or ""
        return True

    def _dates_itself(self, at: int) -> bool:
        """答复内容：已更换。　答复时间：2021-10-04: an answer of one line, with its day."""
        _, *others = self.by_line[at]
        last = others[0] if self.state == "answer" and len(others) == 1 else None
        if last is None or KINDS.get(last.label) != "answered" or not bare_date(last.rest):
            return False
        self.texts.answered = self.texts.answered or find_moment(last.rest)
        return True

    def _turn(self, at: int, one: Field) -> None:
        self.begun = self.begun or one.label not in PUBLISHED
        kind = KINDS.get(one.label)
        if kind in LONG_KINDS:
            self._open(at, one, self._meant(one, str(kind)))
            return
        self.texts.loose.add(at)
        answering = kind in ("answered", "unit") and ANSWERING.search(one.label)
        if answering and self.said["question"] and self.state != "answer" and "answer" not in self.labelled:
            self._sign_above(at)
            self._begin("answer", at)
        elif one.alone and value_cell(self.lines[at]) is not None:
            self.state = None

    def _meant(self, one: Field, kind: str) -> str:
        """A bare 内容 under a heading 回复 is the answer's."""
        bare = kind == "question" and RANKS.get(one.label, 0) > 0
        return "answer" if bare and "answer" in (self.group, self.state) else kind

    def _open(self, at: int, one: Field, kind: str) -> None:
        line = self.lines[at]
        if kind == "answer" and status_of(one.value) and len(line.text) <= 24:
            self.state = None
            self.texts.loose.update((one.at, one.until))
            self.texts.status = self.texts.status or one.value
            return
        if one.alone and is_tab(self.lines, at):
            self.state = None
            return
        self._begin(kind, at)
        if not one.alone and self._heads(at, one):
            self.texts.loose.add(at)
            return
        if not one.alone:
            self._say(at, after_label(line, one) if not self._dates_itself(at) else one.rest)
            return
        self.cell = value_cell(line)
        below = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if self.cell is not None and below is not None and WORDS.alone(below.text):
            self.group, self.state, self.cell = kind, None, None

    def _begin(self, kind: str, at: int) -> None:
        self.state, self.cell = kind, None
        if kind == "answer" and self.texts.answer_at is None:
            self.texts.answer_at = at

    def _say(self, at: int, text: str) -> None:
        self.texts.inside.add(at)
        if self.state and text:
            self.said[self.state].append(text)

    def result(self) -> Texts:
        texts = self.texts
        texts.question = "\n".join(self.said["question"])
        texts.answer = "\n".join(self.said["answer"])
        if says_none(texts.answer):
            texts.answer, texts.waiting = "", texts.answer
        elif is_private(texts.answer):
            texts.answer, texts.private = "", True
        unit, moment = signature_of(texts.answer)
        texts.answered = texts.answered or moment
        texts.answered_by = texts.answered_by or unit or ""
        above, _, foot = texts.question.rpartition("\n")
        if bare_date(foot):
            texts.question, texts.asked = above, find_moment(foot)
        return texts
