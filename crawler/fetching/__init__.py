"""Fetching pages: requests, politeness, browser, kept snapshots."""
