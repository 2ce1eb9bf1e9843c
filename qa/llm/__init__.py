"""The language model: it may plan and word, never give a digit. Loaded only when configured."""
