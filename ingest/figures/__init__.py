"""Quantities to figures: what each number in a sentence or cell is about."""
