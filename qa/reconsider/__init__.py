"""A second look at an answer that its doubts held back: all that is known of it, weighed together."""
