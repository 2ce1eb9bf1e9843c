"""No test is judged by how long it takes: machines differ, and other work goes on beside it."""

from hypothesis import settings

settings.register_profile("gouji", deadline=None)
settings.load_profile("gouji")
