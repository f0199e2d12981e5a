"""Values and decisions.

Nothing here reads a clock, draws a random number, waits, logs or touches a disk: `now` is an argument, and what the
shell must do is returned. Only the standard library's values may be imported; `tests/test_house.py` says so.
"""
