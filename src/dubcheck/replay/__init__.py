"""Recorded traffic of the suite's own probes: cassettes, and their replay without a network.

Traffic that others recorded is read elsewhere. Nothing here judges.
"""

from dubcheck.replay.tape import Unrecorded

__all__ = ["Unrecorded"]
