"""Every cause for which a page was not, or not wholly, read: code, outcome, and the sentence the user sees (causes.toml).

The principle of the outcomes: *blocked* is somebody's refusal of us; *unreachable* is no usable answer (network
or error status); *unreadable* is an answer that is not the page asked for; *partial* is rows, but not all."""

import tomllib
from dataclasses import replace
from pathlib import Path

from crawler.page.values import PageOutcome
from rules.vocabulary.terms import Outcome

# A quote stands in one line of a table.
LONGEST_QUOTE = 40

CAUSES: dict[str, PageOutcome] = {
    code: PageOutcome(Outcome(outcome), code, sentence)
    for outcome, sentences in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
    for code, sentence in sentences.items()
}


def outcome_of(code: str, seen: object = "") -> PageOutcome:
    """The PageOutcome of a cause; what the page itself showed is added in brackets. KeyError: no such cause."""
    cause = CAUSES[code]
    return replace(cause, sentence=f"{cause.sentence}（{quote(seen)}）") if seen else cause


def fault_of(status: int) -> PageOutcome | None:
    """What an HTTP status says by itself; None where it says that the page came."""
    if status in (200, 201, 202, 203, 206):
        return None
    code = f"http_{status}"
    if code in CAUSES:
        return outcome_of(code)
    known = 300 <= status < 600 and status != 304
    return outcome_of(f"http_{status // 100}xx" if known else "http_other", status)


def quote(text: object) -> str:
    """Words of a page, fit to stand inside a sentence."""
    words = " ".join(str(text).split())
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"


def sentence_of(cause: str) -> str:
    """The sentence of a cause's code; the code itself where it is unknown."""
    known = CAUSES.get(cause)
    return known.sentence if known else cause


def reason_of(cause: str) -> str:
    """What happened, without what was kept and what to do."""
    return sentence_of(cause).partition("，")[0]
