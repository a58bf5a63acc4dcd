"""A curl line that repeats an exchange; keys stand as environment variables."""

from __future__ import annotations

import shlex

from dubcheck.exchange import Credential, Exchange, Part
from dubcheck.exchange.near_misses import WRONG_KEYS
from dubcheck.exchange.redaction import REDACTED

_KEY_VARIABLES = {
    Credential.OWN: "{API}_API_KEY",
    Credential.POOR: "{API}_POOR_API_KEY",
    Credential.OTHER: "{API}_OTHER_API_KEY",
    Credential.UNKNOWN: "{API}_API_KEY",
}


def curl_line(exchange: Exchange) -> str:
    """One shell line. Files that were not kept stand as @NAME; presigned queries are redacted."""
    request = exchange.request
    words = ["curl", "-i", "-X", request.method, _quoted(request.url)]
    authorization = _authorization(exchange)
    if authorization:
        words += ["-H", authorization]
    if request.body.parts:
        for part in request.body.parts:
            words += ["-F", _quoted(_form_field(part))]
    else:
        if request.content_type:
            words += ["-H", _quoted(f"Content-Type: {request.headers['content-type']}")]
        words += _payload(request.body.content, request.body.size_bytes)
    return " ".join(words)


def _payload(content: bytes | None, size_bytes: int) -> list[str]:
    if content is None:
        return ["--data-binary", "@FILE"]
    if not size_bytes:
        return []
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return ["--data-binary", "@FILE"]
    # A leading @ would make curl read a file; a NUL cannot stand in a command line.
    if text.startswith("@") or "\0" in text:
        return ["--data-binary", "@FILE"]
    return ["--data-binary", _quoted(text)]


def _form_field(part: Part) -> str:
    kind = f";type={part.content_type}" if part.content_type else ""
    if part.content is None:
        return f"{part.name}=@{part.filename or part.name}{kind}"
    # Quotes keep curl from reading `;` in the text as its own syntax.
    text = part.content.decode("utf-8", "replace").replace("\\", "\\\\").replace('"', '\\"')
    return f'{part.name}="{text}"{kind}'


def _authorization(exchange: Exchange) -> str:
    credential = exchange.request.credential
    if credential in _KEY_VARIABLES:
        variable = _KEY_VARIABLES[credential].replace("{API}", exchange.api.upper())
        return f'"Authorization: Bearer ${variable}"'
    if credential is Credential.WRONG:
        return _quoted(f"Authorization: Bearer {WRONG_KEYS[exchange.api]}")
    if credential is Credential.MALFORMED:
        given = exchange.request.headers.get("authorization", "Bearer")
        parts = [_quoted(part) for part in f"Authorization: {given}".split(REDACTED)]
        variable = _KEY_VARIABLES[Credential.OWN].replace("{API}", exchange.api.upper())
        return f'"${variable}"'.join(parts)
    return ""


def _quoted(text: str) -> str:
    return shlex.quote(text)
