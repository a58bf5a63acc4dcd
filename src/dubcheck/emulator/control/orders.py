"""What may be ordered through the control surface, checked; carried out in service.py."""

from __future__ import annotations

from dubcheck.emulator.callbacks import Encoding, Layout, SignatureForm
from dubcheck.emulator.fault_catalogue import CATALOGUE
from dubcheck.emulator.faults import ActiveFault
from dubcheck.emulator.keys import KeyRing
from dubcheck.emulator.refusals import MalformedBody, NotFound

Body = dict[str, object]
# A century: far enough for any expiry, and timestamps keep four-digit years.
LARGEST_ADVANCE_SECONDS = 3.2e9
LARGEST_CENTS = 10**12


def read_advance(body: Body) -> float | None:
    """Seconds to jump forward, if asked for."""
    seconds = body.get("advance_seconds")
    if seconds is None:
        return None
    if type(seconds) not in (int, float) or not 0 <= float(str(seconds)) <= LARGEST_ADVANCE_SECONDS:
        raise MalformedBody("advance_seconds must be a number of seconds, not negative")
    return float(str(seconds))


def read_freeze(body: Body) -> bool | None:
    """Whether to stand still (true) or run again (false), if asked for."""
    freeze = body.get("frozen")
    if freeze is None or type(freeze) is bool:
        return freeze
    raise MalformedBody("frozen must be true or false")


def read_fault(body: Body, keys: KeyRing) -> ActiveFault:
    """A fault to switch on: name, and optionally account, operation and times."""
    name = body.get("name")
    if type(name) is not str or name not in CATALOGUE:
        raise MalformedBody("name must be that of a fault; GET /_emulator/faults lists them")
    operation, times = body.get("operation"), body.get("times")
    if operation is not None and type(operation) is not str:
        raise MalformedBody("operation must be the name of an operation, such as createJob")
    if times is not None and (type(times) is not int or times < 1):
        raise MalformedBody("times must be a whole number from 1")
    return ActiveFault(CATALOGUE[name], read_account(body, keys), operation, times)


def read_signature_form(body: Body) -> SignatureForm:
    """How callbacks are signed from now on; what is left out becomes the default."""
    default = SignatureForm()
    encoding = body.get("encoding", default.encoding.value)
    layout = body.get("layout", default.layout.value)
    try:
        return SignatureForm(Encoding(encoding), Layout(layout))
    except ValueError:
        encodings = ", ".join(each.value for each in Encoding)
        layouts = ", ".join(each.value for each in Layout)
        raise MalformedBody(
            f"encoding must be one of {encodings}; layout one of {layouts}"
        ) from None


def read_account(body: Body, keys: KeyRing) -> str | None:
    """Label of an account, or None for all."""
    label = body.get("account")
    if label is None:
        return None
    if type(label) is not str:
        raise MalformedBody("account must be the label of an account")
    return known_account(label, keys)


def known_account(label: str, keys: KeyRing) -> str:
    """The label; NotFound if there is no such account."""
    if keys.labelled(label) is None:
        labels = ", ".join(account.label for account in keys.accounts)
        raise NotFound(f"There is no account {label[:64]!r}; there are {labels}")
    return label


def read_cents(body: Body) -> int:
    """A balance in US dollars, as whole cents."""
    usd = body.get("usd")
    if type(usd) not in (int, float) or abs(float(str(usd))) * 100 > LARGEST_CENTS:
        raise MalformedBody("usd must be a number")
    return round(float(str(usd)) * 100)
