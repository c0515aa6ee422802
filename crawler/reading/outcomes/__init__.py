"""Outcomes: what an answer really was, and where its page shows nothing to count."""
