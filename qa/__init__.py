"""A question to a checked Answer: plan, evidence, computation, check."""
