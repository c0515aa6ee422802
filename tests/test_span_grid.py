from lxml import html

from crawler.page.span_grid import MOST_COLUMNS, WIDEST, Spanning, html_rows, spanning, spread


def shown(source: str) -> list[list[str]]:
    table = html.fromstring(source)
    rows = spread([spanning(cell) for cell in row] for row in html_rows(table))
    return [["" if place.cell is None else place.cell.text or "" for place in row] for row in rows]


def test_a_cell_stands_at_every_place_it_covers() -> None:
    assert shown(
        "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td rowspan=2>d<tr><td>e<td>f</table>"
    ) == [["a", "b", "b"], ["a", "c", "d"], ["e", "f", "d"]]


def test_a_row_that_ends_before_a_hanging_cell_has_an_empty_place() -> None:
    assert shown("<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d</table>") == [["a", "b", "c"], ["d", "", "c"]]


def test_a_tables_rows_are_its_own() -> None:
    nested = "<table><tbody><tr><td><table><tr><td>a</table></table>"
    assert len(list(html_rows(html.fromstring(nested)))) == 1


def test_absurd_spans_have_an_end() -> None:
    table = html.fromstring("<table><tr><td colspan=99999 rowspan=x>a<td colspan=-3>b<td colspan=²>c</table>")
    assert [len(row) for row in spread([spanning(cell) for cell in row] for row in html_rows(table))] == [
        MOST_COLUMNS + 2
    ]
    tall = [[Spanning("x", 1, 1000)] * 40] * 40
    assert max(map(len, spread(tall))) == WIDEST
