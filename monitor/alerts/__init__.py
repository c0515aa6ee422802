"""Alerts: composed from findings, spoken as mails, kept in the outbox, carried by SMTP or a web hook."""
