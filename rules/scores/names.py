"""Units' names in prose: 区住建局 for 住房和城乡建设局, 红旗路街道 for 红旗路街道办事处."""

import re
from collections.abc import Iterable

from rules.scores.printed import squeeze

FRONT = re.compile(r"^(?:[市区县州旗盟]|我[市区县])(?=.{2})")
TAILS = (
    (re.compile(r"街道办事处$|街道办$"), "街道"),
    (re.compile(r"(?<=[镇乡])(?:人民)?政府$"), ""),
    (re.compile(r"委员会$"), "委"),
    (re.compile(r"(?<=.{2})(?:人民政府)?办公室$"), "办"),
)
PART = re.compile(r"[、，,：:；。“”（）()和与及或\s]+")
HEAD_OF_PART = re.compile(
    r"(?:其中|以及|分别为|分别是|有|是|为|对)?(.{1,14}?(?:局|委|办|镇|乡|街道|中心|社|院|队|会))"
)
LONGEST = 40


def core(name: str) -> str:
    """A name without what prose leaves off: 区, 办事处, 人民政府, 员会."""
    plain = squeeze(name)
    for tail, short in TAILS:
        plain = tail.sub(short, plain)
    return FRONT.sub("", plain)


class Names:
    """The units of a paper's tables, to be found in its prose."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_core: dict[str, str] = {}
        for name in names:
            if 2 <= len(core(name)) <= LONGEST:
                self.by_core.setdefault(core(name), name)
        longest = sorted({*self.by_core, *map(squeeze, self.by_core.values())}, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest))) if longest else None

    def find(self, text: str) -> tuple[list[str], str]:
        """The units a text names, by name or by an abbreviation that only one fits; and what else it says."""
        plain = squeeze(text)
        if self.pattern is None:
            return [], plain
        found = [self.by_core[core(match)] for match in self.pattern.findall(plain)]
        rest = []
        for part in PART.split(self.pattern.sub("、", plain)):
            match = HEAD_OF_PART.match(part)
            name = self._abbreviated(core(match[1])) if match else None
            found += [name] if name else []
            rest.append(part[match.end() :] if match and name else part)
        return list(dict.fromkeys(found)), "".join(part for part in rest if part not in ("区", "市", "县"))

    def _abbreviated(self, short: str) -> str | None:
        fits = [name for full, name in self.by_core.items() if _shortens(short, full)]
        return fits[0] if len(short) >= 3 and len(fits) == 1 else None


def _shortens(short: str, full: str) -> bool:
    """Whether the letters stand in the name in this order, the first and the last being its own."""
    if len(short) >= len(full) or not short or short[0] != full[0] or short[-1] != full[-1]:
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)
