"""What a report claims in words, against what it says elsewhere: one family a module."""
