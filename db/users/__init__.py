"""The service's users, their sessions, and the log of what they changed."""
