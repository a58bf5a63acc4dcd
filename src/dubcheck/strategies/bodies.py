"""Breaking one rule of a valid JSON object, and bodies that are no JSON object at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Body = dict[str, Any]

# Words that no converter takes for a boolean or a number.
_WORDS = st.sampled_from(["loud", "perhaps", "many", "soon"])
_OBJECTS = st.sampled_from([{}, {"value": 1}])
_LISTS = st.sampled_from([[], ["value"]])
_NUMBERS = st.sampled_from([0, 1, 42, 1.5])


def bodies_with(
    bodies: SearchStrategy[Body], field: str, values: SearchStrategy[Any]
) -> SearchStrategy[Body]:
    """Bodies in which one field, and it alone, has another value."""
    return st.builds(with_field, bodies, st.just(field), values)


def with_field(body: Body, field: str, value: Any) -> Body:
    """A copy with one field set; by name, because failures print the call."""
    return {**body, field: value}


def without_field(body: Body, field: str) -> Body:
    """A copy that lacks one field."""
    return {key: value for key, value in body.items() if key != field}


def bodies_without(bodies: SearchStrategy[Body], field: str) -> SearchStrategy[Body]:
    """Bodies in which one field is missing."""
    return st.builds(without_field, bodies, st.just(field))


def values_of_no_string() -> SearchStrategy[Any]:
    """Objects and lists: what no service converts to a string."""
    return _OBJECTS | _LISTS


def numbers_as_values() -> SearchStrategy[Any]:
    """Numbers, for fields whose texts all differ from every number."""
    return _NUMBERS


def values_of_no_number() -> SearchStrategy[Any]:
    """Objects, lists and words; not "1" or true, which a lenient service may convert."""
    return _OBJECTS | _LISTS | _WORDS


def values_of_no_boolean() -> SearchStrategy[Any]:
    """Objects, lists and words; not 1 or "yes", which a lenient service may convert."""
    return _OBJECTS | _LISTS | _WORDS


def non_object_bodies() -> SearchStrategy[Any]:
    """JSON values that are no object."""
    return st.sampled_from([None, True, 0, 1.5, "text", [], ["a", "b"], [{}]])


def malformed_json_texts() -> SearchStrategy[str]:
    """Texts that no JSON parser accepts."""
    return st.sampled_from(
        [
            "{",
            '{"name": ',
            '{"name": "a"',
            '{"name" "a"}',
            '{"name": "a"} }',
            "{'name': 'a'}",
            '{"name": a}',
            "[1, 2",
            "name=a",
            "<name>a</name>",
            "",
        ]
    )
