"""Crawling: fetching, page readers without selectors, outcomes of what was seen, and discovery of new sites."""
