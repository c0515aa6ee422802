"""The quarterly bulletin (通报): composed, printed, tied, published."""
