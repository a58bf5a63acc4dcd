"""From method and path to a route of a service. What a service answers is no concern of this file.

A service pack is a class that satisfies `Service`; assembly.py builds it with the `Workspace`.
Its `routes` are plain `Route` values whose `endpoint` is an async method `(Request) -> Answer`:

    class PinchService:
        name = "pinch"
        prefixes = ("/api/",)

        def __init__(self, workspace: Workspace) -> None:
            self.routes = (
                Route("createJob", "POST", "/api/dubbing/jobs", self.create),
                Route("getJob", "GET", "/api/dubbing/jobs/{job_id}", self.get),
            )

Within the endpoint `request.parameters` holds the values of the `{names}` in order, `request.owner`
the account's label. An endpoint answers errors by raising an ApiError, which `render` puts into the
service's dialect. The chain before it is the same for all: journal, faults, routing, `admit`
(authentication, then limits).

Small values are msgspec structs throughout the emulator: thirty dataclasses would take a tenth of
the start, which is measured (bench/cold_start.py).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Protocol

import msgspec

from dubcheck.emulator.keys import Account
from dubcheck.emulator.messages import Answer, Request
from dubcheck.emulator.refusals import MethodNotAllowed, NotFound
from dubcheck.errors import ApiError

Endpoint = Callable[[Request], Awaitable[Answer]]


class Route(msgspec.Struct, frozen=True):
    """One operation: its name, method, path template with `{name}` segments, and endpoint."""

    operation: str
    method: str
    path: str
    endpoint: Endpoint


class Service(Protocol):
    """What a service pack offers to the application, the control surface and a restart."""

    @property
    def name(self) -> str:
        """Name of the service, as in fault and account."""

    @property
    def prefixes(self) -> Sequence[str]:
        """Beginnings of the paths whose errors are in this service's dialect."""

    @property
    def routes(self) -> Sequence[Route]:
        """Every operation."""

    def account(self, request: Request) -> Account | None:
        """Owner of the request's key, if it has a valid one. Never raises."""

    def admit(self, request: Request) -> None:
        """Authenticate, then apply limits; raises the ApiError to answer with."""

    def render(self, error: ApiError) -> Answer:
        """Put an error into the service's dialect."""

    def resume(self) -> None:
        """Take up the unfinished resources of a state file (called once, at start)."""

    def reset(self, owner: str | None) -> None:
        """Forget every resource of one account, or of all; their work in progress is cancelled."""

    def state(self, owner: str | None) -> dict[str, list[object]]:
        """Every resource by kind, for the control surface; JSON-ready."""


class Match(msgspec.Struct, frozen=True):
    """Where a request belongs. Without a route, `refusal` says why."""

    service: Service
    route: Route | None
    parameters: tuple[str, ...] = ()
    refusal: ApiError | None = None


class Router:
    """All routes of all services; paths of no service go to `fallback`."""

    def __init__(self, services: Iterable[Service], fallback: Service) -> None:
        self._fallback = fallback
        self._prefixes: list[tuple[str, Service]] = []
        self._fixed: dict[str, dict[str, Match]] = {}
        self._templates: dict[int, list[tuple[tuple[str, ...], Service, dict[str, Route]]]] = {}
        for service in services:
            self._prefixes += [(prefix, service) for prefix in service.prefixes]
            for route in service.routes:
                self._add(service, route)

    def match(self, method: str, path: str) -> Match:
        """Route of the request, or the service whose dialect refuses it, with the refusal."""
        methods = self._fixed.get(path)
        if methods is not None:
            return methods.get(method) or self._other_method(next(iter(methods.values())), methods)
        segments = path.split("/")
        for template, service, routes in self._templates.get(len(segments), ()):
            if all(t == s or (t[:1] == "{" and s) for t, s in zip(template, segments, strict=True)):
                route = routes.get(method)
                if route is None:
                    return Match(service, None, refusal=MethodNotAllowed(tuple(sorted(routes))))
                values = tuple(s for t, s in zip(template, segments, strict=True) if t[:1] == "{")
                return Match(service, route, values)
        return Match(self._owner(path), None, refusal=NotFound())

    def _owner(self, path: str) -> Service:
        return next(
            (service for prefix, service in self._prefixes if path.startswith(prefix)),
            self._fallback,
        )

    @staticmethod
    def _other_method(example: Match, methods: dict[str, Match]) -> Match:
        return Match(example.service, None, refusal=MethodNotAllowed(tuple(sorted(methods))))

    def _add(self, service: Service, route: Route) -> None:
        if "{" not in route.path:
            self._fixed.setdefault(route.path, {})[route.method] = Match(service, route)
            return
        template = tuple(route.path.split("/"))
        known = self._templates.setdefault(len(template), [])
        for other, _, routes in known:
            if other == template:
                routes[route.method] = route
                return
        known.append((template, service, {route.method: route}))
