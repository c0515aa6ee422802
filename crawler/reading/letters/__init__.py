"""Letters: a mailbox's list, and a letter's own page."""
