"""Reading mailboxes and letters."""
