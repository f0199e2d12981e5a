"""Plain SQL, one module per concept, shared by every store: each function takes the Connection of a unit of work.

No business rule lives here. An instant is a datetime on the outside and microseconds since 1970, UTC, in the table.
"""
