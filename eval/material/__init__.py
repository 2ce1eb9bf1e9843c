"""What is measured on: made-up reports, layouts and damage, questions, wrong drafts, models that lie."""
