"""Findings through the nights, and the kept pages behind them."""
