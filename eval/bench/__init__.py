"""Measurements: one benchmark a module, each a command of its own; `python -m eval.bench` runs them all."""
