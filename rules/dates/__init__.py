"""Periods, working days and statutory deadlines."""
