"""Blame for a refused sample falls on the feature that was refused, and on no other."""

from __future__ import annotations

from itertools import combinations

import pytest

from dubcheck.measure.formats import Container
from dubcheck.measure.samples import SampleName
from dubcheck.measure.samples.features import (
    FORMAT_MATRIX,
    Feature,
    FeatureVerdict,
    features_of,
    judge_features,
)

FEATURES = sorted({f for name in FORMAT_MATRIX for f in features_of(name)}, key=str)
PAIRS = list(combinations(FEATURES, 2))


def refused(*missing: Feature) -> set[Feature]:
    """The features found refused when a service supports all but the missing ones."""
    accepted = {name: not features_of(name) & set(missing) for name in FORMAT_MATRIX}
    verdicts = judge_features(accepted)
    return {feature for feature in verdicts if verdicts[feature] is FeatureVerdict.REFUSED}


@pytest.mark.parametrize("feature", FEATURES, ids=str)
def test_single_refused_feature_is_blamed_alone(feature: Feature) -> None:
    """A service that lacks one documented feature is blamed for exactly that one."""
    assert refused(feature) == {feature}


def test_two_refused_features_blame_no_third() -> None:
    """No pair of missing features leads to blame for a feature that is supported."""
    wrongly_blamed = {pair: refused(*pair) - set(pair) for pair in PAIRS}

    assert {pair: blamed for pair, blamed in wrongly_blamed.items() if blamed} == {}


def test_service_that_accepts_all_samples_has_every_feature_accepted() -> None:
    """With every sample accepted every feature is accepted."""
    verdicts = judge_features(dict.fromkeys(FORMAT_MATRIX, True))

    assert verdicts == dict.fromkeys(FEATURES, FeatureVerdict.ACCEPTED)


def test_container_is_blamed_for_a_mix_that_it_does_not_take() -> None:
    """A sample of which all is accepted elsewhere is held against its container, and only that."""
    accepted = {name: name is not SampleName.TS_H265_AC3 for name in FORMAT_MATRIX}

    verdicts = judge_features(accepted)

    assert {each for each in verdicts if verdicts[each] is not FeatureVerdict.ACCEPTED} == {
        Container.TS
    }
