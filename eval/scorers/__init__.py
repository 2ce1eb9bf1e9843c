"""Scorers, one module per aspect of an answer: pure functions from values to values."""
