"""The figures that a target may mean: by their words, kind, place and standing; arithmetic over them."""
