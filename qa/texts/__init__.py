"""Answers in words: reasons, lists, names, dates, grades, definitions, each quoted with its place."""
