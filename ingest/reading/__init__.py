"""Text to quantities: numbers, units, precision."""
