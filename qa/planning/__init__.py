"""A question to a plan: years, scope, targets, operation."""
