"""The command line: one module per command. Every command's work lies elsewhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from dubcheck.errors import SuiteError

COMMANDS = {
    "run": "judge a live, emulated or any other base URL; without a URL, the embedded emulator",
    "serve": "serve the emulator of both APIs on this machine",
    "judge": "judge recorded traffic, with no network",
    "diff": "compare two reports: what newly fails, and what else changed",
}
_MODULES = {"serve": "dubcheck.emulator.serving"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status.

    0 conforming (or served to the end), 1 a must fails, 2 wrong usage, 3 could not judge.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    command = words[0] if words and words[0] in COMMANDS else None
    parser = _parser(command)
    try:
        options = parser.parse_args(words)
        return int(options.command(options))
    except SuiteError as error:
        sys.stderr.write(f"dubcheck: {error}\n")
        return error.exit_status
    except KeyboardInterrupt:
        sys.stderr.write("dubcheck: interrupted\n")
        return 130


class _DefaultsThatSayMore(argparse.ArgumentDefaultsHelpFormatter):
    """Tells a default where there is one to tell."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        told = action.default not in (None, False, []) and "default" not in (action.help or "")
        return super()._get_help_string(action) if told else action.help


class _ShowVersion(argparse.Action):
    """Prints the version; reading it is put off, because it would slow every start of `serve`."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        parser.exit(message=f"dubcheck {version('dubcheck')}\n")


def _parser(command: str | None) -> argparse.ArgumentParser:
    """The parser; only the named command is imported, so that `serve` starts quickly."""
    parser = argparse.ArgumentParser(
        prog="dubcheck",
        description="Contract tests, conformance suite and emulator for two dubbing APIs.",
        epilog="dubcheck COMMAND --help tells the options of a command.",
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            allow_abbrev=False,
            formatter_class=_DefaultsThatSayMore,
        )
        if name == command:
            module = import_module(_MODULES.get(name, f"dubcheck.cli.{name}"))
            module.add_arguments(sub)
            sub.set_defaults(command=getattr(module, name))
    return parser
