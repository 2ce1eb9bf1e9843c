"""Whose report it is, of which project and year; the reports annexed to it."""
