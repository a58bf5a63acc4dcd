"""Targets: the services under test, how they are reached, and the witness of every exchange."""

from dubcheck.targets.api_client import Answer, ApiClient
from dubcheck.targets.pacing import Pace
from dubcheck.targets.requests_session import witnessed_session
from dubcheck.targets.target_options import ApiTarget, is_loopback, is_private
from dubcheck.targets.witness import Sighting, Witness

__all__ = [
    "Answer",
    "ApiClient",
    "ApiTarget",
    "Pace",
    "Sighting",
    "Witness",
    "is_loopback",
    "is_private",
    "witnessed_session",
]
