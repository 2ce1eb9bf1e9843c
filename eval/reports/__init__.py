"""Reports of runs: a page, and files for build servers, programs and pull requests."""
