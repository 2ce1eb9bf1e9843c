"""`python -m eval.bench`: every measurement."""

import sys

from eval.bench.run import main

sys.exit(main())
