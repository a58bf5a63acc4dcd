"""What every test of the suite itself shares: hypothesis without chance or deadlines."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "tests",
    derandomize=True,
    deadline=None,
    database=None,
    # generated media and servers make first examples slow; that is no fault of a strategy
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")
