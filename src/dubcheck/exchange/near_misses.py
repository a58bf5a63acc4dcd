"""Wrong keys: one of the right form, and those that are almost one of the run, kept off records.

What a service answers to them is no matter of this module.
"""

from __future__ import annotations

# A key of the right form that no account has: what is sent as wrong, and what a curl line repeats.
WRONG_KEYS = {"pinch": "pk_dubcheck_wrong_key", "panjaya": "panjaya-dubcheck-wrong-key"}

# How the vendors' keys begin.
_PREFIXES = ("panjaya-", "pk_")


def near_misses(key: str) -> dict[str, str]:
    """Wrong keys by what is wrong with them, as a finding says it."""
    prefix = next((item for item in _PREFIXES if key.startswith(item)), "")
    found = {
        "without its prefix": key.removeprefix(prefix),
        "in other letter case": key.swapcase(),
        "with one character more": f"{key}0",
        "without its last character": key[:-1],
    }
    return {fault: spoilt for fault, spoilt in found.items() if spoilt not in ("", key)}
