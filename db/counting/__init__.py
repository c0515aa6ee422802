"""Counting postings, and what each count rests on."""
