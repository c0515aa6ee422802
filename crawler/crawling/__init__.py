"""One crawl: its plan, its lists page by page, its detail look-ups."""
