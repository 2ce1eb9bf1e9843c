"""Score sheets, and scores worked out again by their rules."""
