"""Queries of listJobs. Source: vendor-docs/pinch.txt, List Jobs, Query Parameters."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Query = dict[str, int | float | str]
HIGHEST_LIMIT = 100
_FURTHEST_OFFSET = 10_000
_TEXTS = st.sampled_from(["ten", "many", "1,5", "0x10", "--"])


def list_queries() -> SearchStrategy[Query]:
    """A limit of 1 to 100, an offset from 0 on, both or neither."""
    limits = st.sampled_from([1, 2, 20, 99, HIGHEST_LIMIT]) | st.integers(1, HIGHEST_LIMIT)
    queries: SearchStrategy[Query] = st.fixed_dictionaries(
        {}, optional={"limit": limits, "offset": st.integers(0, _FURTHEST_OFFSET)}
    )
    return queries


def list_queries_with_limit_above_hundred() -> SearchStrategy[Query]:
    """Open between refusing, 100 and the default; an echoed limit stays at most 100."""
    return st.integers(HIGHEST_LIMIT + 1, 1_000_000).map(lambda limit: {"limit": limit})


def list_queries_with_limit_below_one() -> SearchStrategy[Query]:
    """Zero and negative limits: open."""
    return st.integers(-1000, 0).map(lambda limit: {"limit": limit})


def list_queries_with_fractional_limit() -> SearchStrategy[Query]:
    """Limits such as 1.5: open."""
    return st.integers(1, 99).map(lambda limit: {"limit": limit + 0.5})


def list_queries_with_text_limit() -> SearchStrategy[Query]:
    """Limits that are no number: open."""
    return _TEXTS.map(lambda text: {"limit": text})


def list_queries_with_negative_offset() -> SearchStrategy[Query]:
    """Offsets below zero: open."""
    return st.integers(-1000, -1).map(lambda offset: {"offset": offset})


def list_queries_with_text_offset() -> SearchStrategy[Query]:
    """Offsets that are no number: open."""
    return _TEXTS.map(lambda text: {"offset": text})
