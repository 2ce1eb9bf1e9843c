"""What a plan does with the figures it finds: one module per kind of operation."""
