"""Comparisons over years, projects and bodies, and reports held against one another."""
