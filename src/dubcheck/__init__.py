"""Contract tests, conformance suite and emulator for two video-dubbing APIs."""
