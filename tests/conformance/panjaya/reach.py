"""Where Panjaya reaches the suite: addresses that a target refuses because they are private."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dubcheck.measure.samples import Sample
from dubcheck.targets import Answer, is_private
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.receptions import is_refusal

from .subjects import Plain

# Public in form; asked for only where no media server can be reached.
UNREACHED_VIDEO = "https://my.storage.service.com/my-video.mp4"
# What a run needs, in a catalogue's words, so that a target reaches the suite.
REACHING = frozenset({"media-url", "callbacks"})
PRIVATE_ADDRESS = "the target refuses the private address at which the suite is to be reached"


@dataclass(frozen=True, slots=True)
class Reach:
    """The suite's own addresses, as a target may be told of them; None where it takes none.

    `refused`: what a run has, in the words of a catalogue's `needs`, but this target refuses.
    """

    callback_url: str | None
    media_url: str | None
    refused: frozenset[str] = frozenset()

    @property
    def is_private(self) -> bool:
        """Whether a target may refuse one of them."""
        return _is_private(self.callback_url) or _is_private(self.media_url)

    def media(self, sample: Sample) -> str | None:
        """Where the target fetches a sample."""
        return self.media_url and f"{self.media_url}/{sample.filename}"


def reach_of(
    reach: Reach, studio: StudioApi, plain_upload: Plain, video: Sample, body: dict[str, Any]
) -> Reach:
    """The same addresses without those private ones that the target refuses as such.

    It may: both must be public. `body` is a creation without its `media_url`. What is refused on
    one of the two operations only, the probes judge.
    """

    def create(**fields: Any) -> Answer:
        return studio.create({**body, "media_url": reach.media(video) or UNREACHED_VIDEO, **fields})

    def upload(**fields: Any) -> Answer:
        return plain_upload.post({**plain_upload.asset.body, **fields})

    public = {"media_url": UNREACHED_VIDEO}
    if _is_private(reach.media_url) and is_refusal(create()) and create(**public).succeeded:
        reach = replace(reach, media_url=None, refused=reach.refused | {"media-url"})
    told = f"{reach.callback_url}/accepted"
    if _is_private(reach.callback_url) and all(
        is_refusal(send(callback_url=told)) and send().succeeded for send in (upload, create)
    ):
        reach = replace(reach, callback_url=None, refused=reach.refused | {"callbacks"})
    return reach


def _is_private(url: str | None) -> bool:
    return url is not None and is_private(url)
