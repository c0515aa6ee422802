"""Reading pagers: the next page and the stated totals."""
