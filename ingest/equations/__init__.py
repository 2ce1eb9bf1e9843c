"""What a report claims of its own figures, as equations with a verdict: one family a module."""
