"""The two paragraphs of a posting's own page, put together from demo/data/sentences.toml."""

from functools import cache
from random import Random

from demo.archive import Archive, Posting, Unit
from demo.declared import DATA, read_toml
from demo.wording import Words
from demo.writing import rng_of


@cache
def _sentences() -> dict[str, list[str]]:
    return read_toml(DATA / "sentences.toml")


@cache
def _words(units: tuple[Unit, ...]) -> Words:
    return Words(units)


def paragraphs(archive: Archive, posting: Posting) -> tuple[str, ...]:
    """The posting's body: its own, or one composed from its number, the same every time."""
    if posting.body:
        return posting.body
    rng = rng_of(f"body {posting.id}")
    column = archive.columns[posting.column]
    known = {"title": posting.title, "u": _words(archive.units).said(column)}
    pool = _sentences()
    first = [rng.choice(pool["opening"]), *rng.sample(pool["middle"], 5), rng.choice(pool["closing"])]
    told = [_fill(rng, sentence, archive, posting, known) for sentence in first]
    return "".join(told[:3]), "".join(told[3:])


def _fill(rng: Random, sentence: str, archive: Archive, posting: Posting, known: dict[str, str]) -> str:
    slots = _words(archive.units).slots(rng, posting.day) | known
    return sentence.format_map(slots | {"k": str(rng.randint(2, 60)), "k2": str(rng.randint(2, 60))})
