"""`python -m dubcheck`: the same as the `dubcheck` command."""

import sys

from dubcheck.cli import main

if __name__ == "__main__":
    sys.exit(main())
