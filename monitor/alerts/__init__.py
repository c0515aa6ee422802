"""Alert mails to units and the office."""
