"""A title in lines that end between words (GB/T 9704: 回行时词意完整、排列对称、长短适宜). Pure."""

import re
from functools import cache
from itertools import combinations, pairwise

# Full-width letters of the title's size in the text's width: 156 mm of 22 points.
WIDEST = 20
# The words that titles of such papers are made of; what stands between two of them (a place, an office) is one word.
_WORDS = re.compile(
    r"(\s*(?:19|20)\d\d\s*年度?|\s*\d{1,2}\s*(?:[-—–至]\s*\d{1,2}\s*)?月份?|第[一二三四]季度|上半年|下半年|"
    r"人民政府|政府信息公开|政务信息公开|政府网站管理|政府网站|政务公开|信息发布|发布信息|管理委员会|办公室|街道办事处|部门及有关单位|各部门|各街道|各乡镇|"
    r"年度报告|工作|专项检查|开展情况|完成情况|得分情况|公开情况|情况|关于|通报|简报|报告|考核|评分|得分|全[区县市]|(?<=[^的])的)"
)
# A place's name that is wider than a line: 新疆维吾尔自治区 | 伊犁哈萨克自治州 | 察布查尔锡伯自治县.
_PLACES = re.compile(r".{2,}?[省市州盟县区旗](?![省市州盟县区旗])|.+")
# Titles have a dozen words; of more only the first breaks are weighed.
MOST_BREAKS = 14
MOST_LINES = 3


@cache
def title_lines(title: str) -> tuple[str, ...]:
    """The title in as few lines as hold it, as even as its words allow; one line where it needs no more. What has no
    place between words to break at is left to the program that shows it."""
    words = [part for word in _WORDS.split(title) if word for part in _parts(word)]
    # A mark, and 的, stays with the word before it.
    joined: list[str] = []
    for word in words:
        if joined and (word == "的" or word[0] in "、，。：；）》”"):
            joined[-1] += word
        else:
            joined.append(word)
    for lines in range(1, MOST_LINES + 1):
        broken = (
            _cut(joined, places)
            for places in combinations(range(1, min(len(joined), MOST_BREAKS)), lines - 1)
        )
        fitting = [each for each in broken if max(map(_width, each)) <= WIDEST]
        if fitting:
            return min(fitting, key=lambda each: (max(map(_width, each)) - min(map(_width, each)), each))
    return (title,)


def _parts(word: str) -> list[str]:
    return _PLACES.findall(word) if _width(word) > WIDEST else [word]


def _cut(words: list[str], places: tuple[int, ...]) -> tuple[str, ...]:
    edges = (0, *places, len(words))
    return tuple("".join(words[a:b]).strip() for a, b in pairwise(edges))


def _width(line: str) -> float:
    """In full-width letters."""
    return sum(1 if ord(letter) > 0x2E80 else 0.5 for letter in line)
