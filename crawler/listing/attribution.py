"""Whose a posting or letter is: a name as printed → a declared unit, or nobody rather than a guess."""

import re
import unicodedata
from collections.abc import Iterable

from rules.vocabulary.places import Unit

PLACE = re.compile(r"[^省市县区旗州盟]{1,8}(?:省|自治区|自治州|自治县|自治旗|市|县|区|旗|州|盟)")
LEVEL = "省市区县旗"
SHORTEST = 3


class Attribution:
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

    def owner(self, printed: str | None) -> str | None:
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
        level_off = bare[1:] if len(bare) > SHORTEST and bare[0] in LEVEL else bare
        return {bare, level_off}


def _plain(name: str) -> str:
    return re.sub(r"[\s:：]+", "", unicodedata.normalize("NFKC", name))
