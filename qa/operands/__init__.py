"""Calculations whose operands are each asked for as a question of its own."""
