"""Files of papers: Word, Excel, CSV and JSON; tables with merged cells, inert text, the same bytes every time."""
