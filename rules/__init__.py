"""The rules judge: pure functions from what was seen to findings. No clock, no network, no SQL.

`rules.vocabulary.terms` holds the vocabulary that every package shares; `rules.book` lists the rules.
"""
