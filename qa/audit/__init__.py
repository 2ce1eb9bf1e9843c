"""A report checked against itself: failed equations as findings, with the figure to blame."""
