"""Titles and sources: patterns of demo/data/titles_*.toml filled with the made-up words of words.toml."""

from datetime import date, timedelta
from random import Random

from demo.archive import Column, Unit
from demo.declared import DATA, read_toml

QUARTERS = "一二三四"
DIGITS = "〇一二三四五六七八九"


class Words:
    """Fills patterns and remembers every title, so that no two postings of the county are called the same."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        self._lists: dict[str, list[str]] = read_toml(DATA / "words.toml")
        self._units = {unit.id: unit for unit in units}
        self._used: set[str] = set()

    def kind_of(self, column: Column) -> str:
        """街道 (towns too), 部门 or 门户: which family of titles a column takes."""
        if not column.unit_ids:
            return "门户"
        return "部门" if self._units[column.unit_ids[0]].kind == "部门" else "街道"

    def title(self, rng: Random, styles: list[str], column: Column, day: date, number: int) -> str:
        for _ in range(30):
            slots = self.slots(rng, day) | {"n": str(number), "u": self.said(column)}
            title = rng.choice(styles).format_map(slots)
            if title not in self._used:
                break
        else:
            title = f"{title}（{day.month}月{day.day}日）"
        self._used.add(title)
        return title

    def slots(self, rng: Random, day: date) -> dict[str, str]:
        """One word of each list, and the words that a day gives."""
        chosen = {name: rng.choice(words) for name, words in self._lists.items()}
        last = (day.month - 1) // 3
        before = day.replace(day=1) - timedelta(days=1)
        return chosen | {
            "season": self._lists["season"][day.month - 1],
            "festival": self._lists["festival"][day.month - 1],
            "y": str(day.year),
            "py": str(day.year - 1),
            "cy": "".join(DIGITS[int(digit)] for digit in str(day.year)) + "年",
            "m": str(day.month),
            "d": str(day.day),
            "lm": f"{before.year}年{before.month}月",
            "yq": f"{day.year if last else day.year - 1}年第{QUARTERS[last - 1]}季度",
        }

    def said(self, column: Column) -> str:
        """What a column's (first) owner calls itself in a title."""
        if not column.unit_ids:
            return "北关区人民政府办公室"
        return self._units[column.unit_ids[0]].aliases[0]

    def source(self, rng: Random, column: Column, title: str) -> str:
        """来源: the owner, one of several owners, or on the portal whoever the title speaks of."""
        if column.unit_ids:
            return self._units[rng.choice(column.unit_ids)].name
        named = (word for word in (*self._lists["dept"], *self._lists["street"]) if word in title)
        return next(named, column.owner)
