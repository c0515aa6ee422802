"""The monitor speaks: commands, the night, judgements put together, and the papers."""
