"""Whose a name is: units (单位) by the names that pages and papers print.

One name has many forms: 北关区民政局, 区民政局, 民政局; 红旗路街道, 红旗路街道办事处, 红旗路办事处; 区卫健委. How far a form may differ
depends on what hangs on it. `UnitMatcher` names whose a posting or letter is, so it matches exact names, aliases and
endings only, and where two units fit it names nobody. `same_unit` and `abbreviates` serve drafts and prose, which a
person reads.
"""

import re
import unicodedata
from collections.abc import Iterable

from rules.vocabulary.places import Unit

PLACE = re.compile(r"[^省市县区旗州盟]{1,8}(?:省|自治区|自治州|自治县|自治旗|市|县|区|旗|州|盟)")
LEVELS = "省市区县旗"
# A shorter rest is anybody's: 区局, 办公室 without its place.
SHORTEST = 3
# The place before a name whose site is not known: 安阳市北关区民政局. What follows must still be a name.
_ANY_PLACE = re.compile(r"^.{1,16}[县区旗](?=.{3})|^(?![县区]).{2,8}?[市州](?=.{3})")
_LEVEL = re.compile(r"^[县区市旗](?![委场政])(?=..)")
# In a county's own papers, where 区政府办 and 政府办 are one office; 市场监管局 and 区域合作办 keep their first letter.
_OWN_LEVEL = re.compile(r"^(?:[县州旗盟]|区(?!域)|市(?!场|监|政[^府])|我[市区县])(?=.{2})")
_BODY_ENDINGS = ((re.compile(r"委员会$"), "委"), (re.compile(r"(?<=.{2})(?:人民政府)?办公室$"), "办"))
_LOCAL_ENDINGS = (
    (re.compile(r"街道办事处$|街道办$"), "街道"),
    (re.compile(r"(?<=[镇乡])(?:人民)?政府$"), ""),
)


class UnitMatcher:
    """Names as printed → unit keys, for one site. `site_name` tells the places that names may begin with:
    安阳市北关区人民政府 → 安阳市, 北关区."""

    def __init__(self, units: Iterable[Unit], site_name: str = "") -> None:
        self._places = tuple(PLACE.findall(_plain(site_name)))
        self._exact: dict[str, str] = {}
        self._bare: dict[str, set[str]] = {}
        for unit in units:
            for name in unit.names:
                self._exact[_plain(name)] = unit.key
                for bare in self._bare_forms(name):
                    self._bare.setdefault(bare, set()).add(unit.key)

    def find(self, printed: str | None) -> str | None:
        """The unit key of a name as printed: the same name or alias; or the same once the site's own place
        (安阳市北关区, 区) is taken off; or the only unit whose bare name the printed one begins or ends on."""
        name = _plain(printed or "")
        if not name:
            return None
        if name in self._exact:
            return self._exact[name]
        forms = self._bare_forms(name)
        found = {key for form in forms for key in self._bare.get(form, ())} or {
            key
            for bare, keys in self._bare.items()
            if len(bare) >= SHORTEST and any(form.startswith(bare) or form.endswith(bare) for form in forms)
            for key in keys
        }
        return next(iter(found)) if len(found) == 1 else None

    def _bare_forms(self, name: str) -> set[str]:
        bare = _plain(name)
        for place in self._places:
            bare = bare.removeprefix(place)
        # 区财政局 → 财政局, yet 市场监管局 must not lose its 市: both forms are kept.
        level_off = bare[1:] if len(bare) > SHORTEST and bare[0] in LEVELS else bare
        return {bare, level_off}


def aliases_of(name: str) -> tuple[str, ...]:
    """What else a unit of this name is certainly called: 红旗路街道办事处 is 红旗路街道, 红旗路办事处."""
    for ending in ("街道办事处", "街道办", "街道"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            stem = name.removesuffix(ending)
            return tuple(
                other for other in (f"{stem}街道", f"{stem}街道办事处", f"{stem}办事处") if other != name
            )
    for ending in ("人民政府", "政府"):
        stem = name.removesuffix(ending)
        if stem != name and stem.endswith(("镇", "乡")):
            return tuple(other for other in (stem, f"{stem}人民政府", f"{stem}政府") if other != name)
    if name.endswith(("镇", "乡")) and len(name) > 2:
        return (f"{name}人民政府", f"{name}政府")
    return ()


def without_place(name: str) -> str:
    """A unit's name without whatever place stands before it: 区民政局, 北关区民政局 → 民政局."""
    bare = _ANY_PLACE.sub("", name, count=1)
    return bare if bare != name else _LEVEL.sub("", name)


def same_unit(one: str, other: str) -> bool:
    """Whether two names are of one unit as far as the words go: one leaves off the place before, or more of it, or
    they differ in a town's or street's ending."""
    if one == other or (without_place(one) == without_place(other) and _of_one_place(one, other)):
        return True
    return bool({one, *aliases_of(one)} & {other, *aliases_of(other)})


def _of_one_place(one: str, other: str) -> bool:
    """Whether the places before two names may be one: 东部新区 and 西部新区 are two, 北关区 and 安阳市北关区 one."""
    places = [name.removesuffix(without_place(name)) for name in (one, other)]
    return places[0].endswith(places[1]) or places[1].endswith(places[0])


def abbreviates(short: str, long: str) -> bool:
    """Whether one name shortens the other: 区卫健委 and 北关区卫生健康委员会."""
    if not _of_one_place(short, long):
        return False
    brief, whole = (_shortened(without_place(name), _BODY_ENDINGS) for name in (short, long))
    return len(brief) > 2 and is_subsequence(brief, whole)


def core_in_prose(name: str) -> str:
    """A name without what a county's own prose leaves off: 区, 办事处, 人民政府, 员会."""
    plain = _shortened("".join(name.split()), (*_LOCAL_ENDINGS, *_BODY_ENDINGS))
    return _OWN_LEVEL.sub("", plain)


def is_subsequence(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in the longer name in this order, the first and the last being its own."""
    if not short or len(short) >= len(long) or short[0] != long[0] or short[-1] != long[-1]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _shortened(name: str, endings: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for ending, short in endings:
        name = ending.sub(short, name)
    return name


def _plain(name: str) -> str:
    return re.sub(r"[\s:：]+", "", unicodedata.normalize("NFKC", name))
