"""Units' names in prose: 区住建局 for 住房和城乡建设局, 红旗路街道 for 红旗路街道办事处."""

import re
from collections.abc import Iterable

from monitor.scores.printed.paper import squeeze
from rules.vocabulary.unit_names import core_in_prose, is_subsequence

PART = re.compile(r"[、，,：:；。“”（）()和与及或\s]+")
LEAD = re.compile(r"^(?:其中|分别[为是]|有|是|为|对)")
TAIL = re.compile(r"局(?!长)|委|办|镇|乡|街道|中心|社|院|队|会")
LONGEST_SHORT = 14
LONGEST = 40


class Names:
    """The units of a paper's tables, to be found in its prose."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_core: dict[str, str] = {}
        for name in names:
            if 2 <= len(core_in_prose(name)) <= LONGEST:
                self.by_core.setdefault(core_in_prose(name), name)
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
            short = core_in_prose(part[:end])
            fits = [name for full, name in self.by_core.items() if is_subsequence(short, full)]
            if len(short) >= 3 and len(fits) == 1:
                return fits[0], part[end:]
        return None, part
