"""File bytes to a Document: text, sections, tables, parts, figures and equations."""
