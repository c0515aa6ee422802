"""Checks of an annual report. Pure."""
