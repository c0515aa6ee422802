"""Reading the book to cases: rules, findings, hysteresis, inhibition, waivers."""
