"""The mail queue, its delivery, and what units were notified of."""
