"""Reading annual reports: Word, web page, PDF or text → one neutral document → `rules.annual.report.Report`."""
