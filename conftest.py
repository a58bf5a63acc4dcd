"""Plain pytest in a checkout: the same plugin, options and probes as `dubcheck run`."""

pytest_plugins = ["dubcheck.pytest_plugin"]
