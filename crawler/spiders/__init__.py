"""The spiders: one for columns, one for mailboxes."""
