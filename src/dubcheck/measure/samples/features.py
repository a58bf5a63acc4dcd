"""From "this sample was accepted, that one refused" to the documented feature that is to blame.

Pure reasoning over outcomes; nothing is sent or made here. One refused codec refuses every sample
that contains it, and must still be reported once, under its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from dubcheck.measure.formats import AUDIO_FORMATS, AudioCodec, Container, VideoCodec
from dubcheck.measure.samples.recipes import RECIPES, SampleName

Feature = Container | VideoCodec | AudioCodec


class FeatureVerdict(Enum):
    """What the outcomes of all samples together say about one feature."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNDECIDED = "undecided"


def features_of(name: SampleName) -> frozenset[Feature]:
    """What a service must support to accept a sample; for an audio file its format alone.

    The documents list codecs for video files only, so an audio file stands for its format.
    """
    recipe = RECIPES[name]
    if recipe.container in AUDIO_FORMATS:
        return frozenset({recipe.container})
    features: set[Feature] = {recipe.container}
    if recipe.picture is not None:
        features.add(recipe.picture.codec)
    if recipe.track is not None:
        features.add(recipe.track.codec)
    return frozenset(features)


_NAMES = list(SampleName)
FORMAT_MATRIX: tuple[SampleName, ...] = tuple(_NAMES[: _NAMES.index(SampleName.WAV_MONO)])
"""The samples that together name every documented container, codec and audio format."""


def judge_features(accepted: Mapping[SampleName, bool]) -> dict[Feature, FeatureVerdict]:
    """One verdict for each feature of the samples tried.

    A feature is accepted if one accepted sample has it, and refused if a refused sample has no
    other feature that is not accepted; two doubtful features in every refused sample leave both
    undecided. A refused sample of accepted features alone is held against its container, which
    does not take what it should.
    """
    good = {feature for name, taken in accepted.items() if taken for feature in features_of(name)}
    refused = [name for name, taken in accepted.items() if not taken]
    doubts = [features_of(name) - good for name in refused]
    bad = {feature for doubt in doubts if len(doubt) == 1 for feature in doubt}
    mixed = {RECIPES[name].container for name in refused if features_of(name) <= good}
    verdicts: dict[Feature, FeatureVerdict] = {}
    for feature in {feature for name in accepted for feature in features_of(name)}:
        if feature in good and feature not in mixed:
            verdicts[feature] = FeatureVerdict.ACCEPTED
        elif feature in bad or feature in mixed:
            verdicts[feature] = FeatureVerdict.REFUSED
        else:
            verdicts[feature] = FeatureVerdict.UNDECIDED
    return verdicts
