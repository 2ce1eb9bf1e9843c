"""Questions in English as the Chinese ones that the rules read."""
