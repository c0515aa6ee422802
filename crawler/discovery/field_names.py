"""Names of columns matched to the 26 试点领域, and units to the departments that usually owe a field."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.discovery.names import bare_name
from rules.vocabulary.fields import DEPARTMENTS, FIELDS, Field, field_of

_ENDINGS = re.compile(
    r"(?:试点)?(?:领域)?(?:基层)?(?:政务)?(?:信息)?(?:公开)?(?:标准)?(?:事项)?(?:目录|专栏|专题|专区)?$"
)
_LOOSE = re.compile(r"(?:服务|信息|工作|管理|资金|项目|类)$")
_OWN = re.compile(r"(?!.*(?:重点|试点|各|\d|公开))[\u4e00-\u9fff、]{2,14}领域")
_NUMBER = re.compile(
    r"^[（(]?[\d一二三四五六七八九十]{1,3}[)）]?[、.．\s]\s*|^[（(][\d一二三四五六七八九十]{1,3}[)）]"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A name's field; `sure` where the name is the field's own or one of its aliases."""

    field: Field
    sure: bool


def bare(name: str) -> str:
    """A field's name without number and ending: （三）义务教育领域基层政务公开标准目录 → 义务教育."""
    plain = bare_name(_NUMBER.sub("", name))
    return _ENDINGS.sub("", plain, count=1) or plain


def match_field(name: str) -> Match | None:
    """The field that a column or a heading of this name belongs to, if any."""
    plain = bare(name)
    if field := field_of(plain):
        return Match(field, sure=True)
    loose = _LOOSE.sub("", plain)
    if field := field_of(loose):
        return Match(field, sure=False)
    near = [(len(known), field) for field in FIELDS for known in field.names if _holds(plain, known)]
    return Match(max(near, key=lambda pair: pair[0])[1], sure=False) if near else None


def is_field(name: str) -> bool:
    """Whether a name is certainly a field's, one of the 26 or the site's own (…领域)."""
    found = match_field(name)
    return bool(found and found.sure) or bool(_OWN.fullmatch(name))


def one_spelling(names: Iterable[str]) -> dict[str, str]:
    """Each field's name → how it is written throughout: of all that mean one field, the one used most often."""
    times = Counter(name for name in names if name)
    alike: dict[str, list[str]] = defaultdict(list)
    for name in times:
        found = match_field(name)
        alike[found.field.name if found and found.sure else bare(name)].append(name)
    chosen = {key: max(same, key=lambda name: times[name]) for key, same in alike.items()}
    return {name: chosen[key] for key, same in alike.items() for name in same}


def owes(unit_name: str, field: Field) -> int:
    """How usual it is that the unit owes the field: 1 is the field's first department, 0 is not at all."""
    parts = [DEPARTMENTS[department] for department in field.departments]
    return next((n for n, words in enumerate(parts, 1) if any(word in unit_name for word in words)), 0)


def _holds(plain: str, known: str) -> bool:
    return len(known) > 3 and len(plain) <= len(known) + 6 and known in plain
