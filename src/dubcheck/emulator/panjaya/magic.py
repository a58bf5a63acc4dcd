"""File names that drive an asset to an outcome without special media, as test cards do for money.

The name is that of the uploaded video's part, or the last segment of media_url; nothing is fetched
then. Any extension will do.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from dubcheck.emulator.panjaya.assets import AssetError

SUCCESS = "succeeds"
ACCOUNT_LIMIT = "account-limit"
VERSION_FAILS = "version-fails"
GENERATION_FAILS = "generation-fails"

# Stem of the file name, and its outcome: an asset's error code, a version's fault, or a refusal.
MAGIC_NAMES = {
    **{f"emulator-{error.value.replace('_', '-')}": error.value for error in AssetError},
    **{
        f"emulator-{name}": name
        for name in (SUCCESS, ACCOUNT_LIMIT, VERSION_FAILS, GENERATION_FAILS)
    },
}


def outcome_of_file(filename: str) -> str:
    """The ordered outcome, or nothing."""
    return MAGIC_NAMES.get(PurePosixPath(filename).stem, "")


def outcome_of_url(url: str) -> str:
    """The outcome that the URL's last segment orders, or nothing."""
    try:
        return outcome_of_file(unquote(urlsplit(url).path))
    except ValueError:
        return ""
