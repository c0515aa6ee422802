"""What papers are called, and where they are kept: 通报_2023Q2_北关区.docx, in a folder for each period. Pure."""

import re
from pathlib import Path

from monitor.paper_files.inert import plain
from rules.dates.periods import Period
from rules.vocabulary.places import Site

# What one of the usual systems does not take in a file's name.
FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
LONGEST = 40  # characters of one part: a name has 255 bytes, a Chinese character three
# 安阳市北关区人民政府 → 北关区, 宁夏回族自治区中宁县人民政府 → 中宁县, 荆州市沙市区 → 沙市区, 枣庄市市中区 → 市中区
PLACE = re.compile(
    r"(?:.*(?:[省州盟市]|地区|自治区)(?!中区))?(.+[省州盟市区县旗镇乡])(?:级)?人民政府(?:门户)?(?:网站)?"
)


def paper_name(*parts: str) -> str:
    """A paper's name without its ending, of its kind, period, place …; an empty part is left out."""
    return "_".join(_part(part) for part in parts if part)


def _part(text: str) -> str:
    return FORBIDDEN.sub("-", plain(text)).strip("-.")[:LONGEST] or "-"


def place_of(site: Site) -> str:
    """北关区: the last place in a government's name; any other name as it is."""
    found = PLACE.fullmatch(site.name)
    return found[1] if found else site.name


def period_folder(folder: Path, period: Period) -> Path:
    """Where the papers of a period are kept: DIR/2023Q2."""
    return folder / period.key
