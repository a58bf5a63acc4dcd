"""Models of what the documents say about several resources and accounts at once.

A model is told what was sent and what was shown, and states which promises that keeps or breaks.
It sends nothing; what one resource alone may show, rules say.
"""

from dubcheck.strategies.models.statement import Statement, stated

__all__ = ["Statement", "stated"]
