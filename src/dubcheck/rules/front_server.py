"""What an HTTP server or gateway in front may say in its own words: no promise is about that."""

from __future__ import annotations

import re

from dubcheck.exchange import Exchange

# Said about a message that never reached the application.
PROTOCOL_REFUSALS = (408, 411, 413, 414, 415, 417, 421, 425, 426, 431, 494, 495, 496, 497)
_ODD_PATH = re.compile(r"%(?:[01][0-9a-fA-F]|7f|7F|[89a-fA-F][0-9a-fA-F])|[^\x21-\x7e]")
_LONGEST_PATH = 250


def may_be_turned_away(exchange: Exchange) -> bool:
    """Whether the path is so odd or so long that it may be refused before it is routed."""
    path = exchange.request.url.partition("?")[0]
    return len(path) > _LONGEST_PATH or bool(_ODD_PATH.search(path))
