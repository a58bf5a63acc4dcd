"""Paths and methods that are not documented."""

from __future__ import annotations

import pytest

from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets.pinch import JOBS, UPLOADS, DubbingApi

# Methods that could not harm anything, should a service know them after all.
UNDOCUMENTED = {
    "upload-url-get": ("GET", UPLOADS),
    "upload-url-put": ("PUT", UPLOADS),
    "jobs-patch": ("PATCH", JOBS),
    "job-post": ("POST", f"{JOBS}/dubcheck-no-such-job"),
    "result-post": ("POST", f"{JOBS}/dubcheck-no-such-job/result"),
}
UNKNOWN_PATHS = {
    "api": "/api/dubcheck-no-such-path",
    "dubbing": "/api/dubbing/dubcheck-no-such-path",
    "under-a-job": f"{JOBS}/dubcheck-no-such-job/dubcheck-no-such-path",
}


@pytest.mark.judges("pinch.urls.unknown-path-is-refused")
@pytest.mark.parametrize("path", UNKNOWN_PATHS.values(), ids=UNKNOWN_PATHS)
def test_unknown_path_is_refused(path: str, dubbing: DubbingApi, reception: Reception) -> None:
    """A path that is not documented is refused."""
    answer = dubbing.send("GET", path)

    reception.refused("pinch.urls.unknown-path-is-refused", answer)


@pytest.mark.judges("pinch.urls.undocumented-method-is-refused")
@pytest.mark.parametrize(("method", "path"), UNDOCUMENTED.values(), ids=UNDOCUMENTED)
def test_undocumented_method_is_refused(
    method: str, path: str, dubbing: DubbingApi, reception: Reception
) -> None:
    """A documented path refuses methods that are not documented."""
    answer = dubbing.send(method, path)

    reception.refused("pinch.urls.undocumented-method-is-refused", answer)
