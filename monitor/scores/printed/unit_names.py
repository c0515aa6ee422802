"""Units' names in prose: 区住建局 for 住房和城乡建设局, 红旗路街道 for 红旗路街道办事处."""

import re
from collections.abc import Iterable

from monitor.scores.printed.paper import squeeze

FRONT = re.compile(r"^(?:[县州旗盟]|区(?!域)|市(?!场|监|政[^府])|我[市区县])(?=.{2})")
TAILS = (
    (re.compile(r"街道办事处$|街道办$"), "街道"),
    (re.compile(r"(?<=[镇乡])(?:人民)?政府$"), ""),
    (re.compile(r"委员会$"), "委"),
    (re.compile(r"(?<=.{2})(?:人民政府)?办公室$"), "办"),
)
PART = re.compile(r"[、，,：:；。“”（）()和与及或\s]+")
LEAD = re.compile(r"^(?:其中|分别[为是]|有|是|为|对)")
TAIL = re.compile(r"局(?!长)|委|办|镇|乡|街道|中心|社|院|队|会")
LONGEST_SHORT = 14
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
        self.written = {**{squeeze(name): name for name in self.by_core.values()}, **self.by_core}
        longest = sorted(self.written, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest))) if longest else None

    def find(self, text: str) -> tuple[list[str], str]:
        """The units a text names, by name or by an abbreviation that only one fits; and what else it says."""
        plain = squeeze(text)
        if self.pattern is None:
            return [], plain
        found = [self.written[match] for match in self.pattern.findall(plain)]
        rest = []
        for part in PART.split(self.pattern.sub("、", plain)):
            name, left = self._abbreviated(LEAD.sub("", part))
            found += [name] if name else []
            rest.append(left)
        return list(dict.fromkeys(found)), "".join(part for part in rest if part not in ("区", "市", "县"))

    def _abbreviated(self, part: str) -> tuple[str | None, str]:
        """The unit that the beginning of a part abbreviates, the longest that fits one only; and the rest."""
        for end in reversed([match.end() for match in TAIL.finditer(part[:LONGEST_SHORT])]):
            short = core(part[:end])
            fits = [name for full, name in self.by_core.items() if _shortens(short, full)]
            if len(short) >= 3 and len(fits) == 1:
                return fits[0], part[end:]
        return None, part


def _shortens(short: str, full: str) -> bool:
    """Whether the letters stand in the name in this order, the first and the last being its own."""
    if len(short) >= len(full) or not short or short[0] != full[0] or short[-1] != full[-1]:
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)
