"""The last resort where the rules find nothing certain: the one place that answers, or none."""
