"""Lines to blocks and sections."""
