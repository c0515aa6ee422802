"""Judging a site: facts to cases to findings."""
