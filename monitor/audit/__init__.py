"""The audit (专项检查) of one unit."""
