"""Findings set aside with a reason until a day: waivers, in the site file."""
