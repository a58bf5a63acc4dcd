"""Which account made which assets, and what refused requests of any account must leave alone.

What one asset or version shows to its own account alone, rules judge.
Source: vendor-docs/panjaya.txt, Add Languages, Revise Version and Authentication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dubcheck.strategies.models.statement import Statement, stated

# What another account must not reach, by operation; the documents imply it, so it is inferred.
HIDDEN = {
    "getAsset": "panjaya.get-asset.foreign-asset-is-hidden",
    "addLanguages": "panjaya.add-languages.foreign-asset-is-hidden",
    "getVersion": "panjaya.get-version.foreign-version-is-hidden",
    "reviseVersion": "panjaya.revise-version.foreign-version-is-hidden",
}
_SETTLED = ("ReadyToEdit", "Completed")


@dataclass(slots=True)
class _Asset:
    """`locales` were accepted for it; `refused` were asked for in vain, by whomever."""

    maker: str
    locales: set[str]
    refused: set[str] = field(default_factory=set)
    additions: int = 0


@dataclass(slots=True)
class _Version:
    """`status` as its account last saw it; `refused`: a revision was refused since."""

    status: str | None = None
    refused: bool = False


class AssetsModel:
    """The assets and versions of a walk; those that others make are none of it."""

    def __init__(self) -> None:
        self._assets: dict[str, _Asset] = {}
        self._versions: dict[str, _Version] = {}

    def created(self, account: str, asset_id: str, locales: Iterable[str]) -> None:
        """An asset was created with these target locales."""
        self._assets[asset_id] = _Asset(account, set(locales))

    def has(self, asset_id: str, locale: str) -> bool:
        """Whether a locale was accepted for an asset."""
        return locale in self._assets[asset_id].locales

    def added(self, asset_id: str, locales: Iterable[str], *, was_accepted: bool) -> None:
        """Languages were asked for, by its own account or by another."""
        asset = self._assets[asset_id]
        if was_accepted:
            asset.locales |= set(locales)
            asset.additions += 1
        else:
            asset.refused |= set(locales)

    def asset_shown(self, asset_id: str, locales: Iterable[str]) -> Iterator[Statement]:
        """An asset was shown to its account.

        That it shows all that was accepted, rules judge; nobody else knows of the refusals.
        """
        asset = self._assets[asset_id]
        if asset.refused:
            smuggled = sorted((asset.refused - asset.locales) & set(locales))
            yield stated(
                "panjaya.add-languages.refusal-changes-nothing",
                not smuggled,
                "an asset has a language that was asked for in a refused request",
                expected=sorted(asset.locales),
                actual=smuggled,
            )

    def reached(self, operation: str, *, was_refused: bool) -> Iterator[Statement]:
        """An asset or a version was asked for with the key of another account."""
        yield stated(
            HIDDEN[operation],
            was_refused,
            f"{operation} serves another account",
            expected="404 or 403",
            actual="a success",
        )

    def revised(self, version_id: str, *, was_accepted: bool) -> None:
        """A revision was asked for, by its own account or by another."""
        version = self._versions.setdefault(version_id, _Version())
        if was_accepted:
            self._versions[version_id] = _Version()
        else:
            version.refused = True

    def version_shown(self, version_id: str, status: str) -> Iterator[Statement]:
        """A version was shown to its account; nothing but a revision moves one that is settled."""
        version = self._versions.setdefault(version_id, _Version())
        if version.refused and version.status in _SETTLED:
            yield stated(
                "panjaya.revise-version.refusal-changes-nothing",
                status == version.status,
                "a version has another status after a refused revision",
                expected=version.status,
                actual=status,
            )
        self._versions[version_id] = _Version(status)

    def listed(self, account: str, shown: str) -> Iterator[Statement]:
        """A list was shown as this text; no key of its entries is documented."""
        others = [name for name, asset in self._assets.items() if asset.maker != account]
        foreign = [name for name in others if name in shown]
        if others:
            yield stated(
                "panjaya.list-assets.foreign-assets-are-hidden",
                not foreign,
                "the list shows an asset that another account created",
                expected="only assets of its own account",
                actual=foreign,
            )
