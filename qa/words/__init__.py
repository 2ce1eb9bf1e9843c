"""The words of questions and reports: lists of the trade, cues, numerals, sounds, likeness."""
