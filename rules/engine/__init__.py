"""Applying the book to cases: rules, findings, inhibition, waivers, and how findings open and close."""
