"""Every error root of the project, one per reader; nothing here knows HTTP libraries or pytest.

SuiteError            we, or the way we were called, are at fault
├── UsageError        an option, file or environment variable is wrong (exit status 2)
├── ContractError     a spec, requirement or source file cannot be used (exit status 2)
├── RecordError       a record cannot be read or is truncated (exit status 2)
└── TargetError       the service under test cannot be judged at all (exit status 3)

Violation             the API broke a requirement (an AssertionError)

ApiError              emulator only: an answer given on purpose
"""

from __future__ import annotations


class SuiteError(Exception):
    """We, or the way we were called, are at fault; the message names the input and the cure."""

    exit_status = 2


class UsageError(SuiteError):
    """An option, a file named by one, or an environment variable is wrong."""


class ContractError(SuiteError):
    """A spec, catalogue or sources file is missing, unreadable or inconsistent."""


class RecordError(SuiteError):
    """A record is unreadable, truncated or written by another schema version."""


class TargetError(SuiteError):
    """The service under test cannot be judged: unreachable, or it refuses the key it was given."""

    exit_status = 3


class Violation(AssertionError):  # noqa: N818 - named for what happened
    """The API broke a requirement.

    Raised so that hypothesis shrinks and pytest shows it; the ledger already holds the finding.
    """

    def __init__(self, requirement: str, message: str, *, expected: str = "", actual: str = ""):
        super().__init__(
            f"{requirement}: {message} (expected {expected or 'otherwise'}; got {actual or 'this'})"
        )
        self.requirement = requirement
        self.message = message
        self.expected = expected
        self.actual = actual


class ApiError(Exception):
    """An error answer of the emulator, given on purpose.

    Attributes: status (HTTP), code (the API's own word, "" where its dialect has none), message.
    """

    def __init__(
        self, status: int, message: str, *, code: str = "", headers: dict[str, str] | None = None
    ):
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}
