"""Hand-made annual reports as counties publish them: each has a JSON file that says why it is there and exactly what
must be found, in every format it names."""

import json
from pathlib import Path

import pytest

from crawler.page.page import Page
from monitor.annual.checks.examine import examine
from monitor.annual.reading.reader import checked, document_of
from tests.annual_formats import FORMATS

PAGES = Path(__file__).parent / "pages" / "annual"
CASES = [
    (page, form)
    for page in sorted(PAGES.iterdir())
    if page.suffix != ".json" and page.with_suffix(".json").is_file()
    for form in json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["as"]
]


@pytest.mark.parametrize(("page", "form"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_exactly_what_is_wrong_is_found(page: Path, form: str) -> None:
    expected = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    result = examine(checked(page.name, document_of(Page("file:///", FORMATS[form](page.read_bytes())))))
    found = [[each.id, each.place, each.severity.value] for each in result.findings]
    assert found == expected["findings"]
    assert len(result.report.cells) == expected["cells"]


def test_every_page_says_why_it_is_there() -> None:
    told = {page.stem for page in PAGES.glob("*.json")}
    assert {page.stem for page in PAGES.iterdir()} - told == {"flattened", "pasted"}
