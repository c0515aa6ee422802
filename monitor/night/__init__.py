"""The night and the service that runs it."""
