"""The last gate: an answer looked at from the outside, and what may be doubted about it."""
