"""One metric over all reports of a year: ranked, added up, spread out."""
