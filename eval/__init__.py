"""Suites of questions with known answers: scoring, running, benchmarks."""
