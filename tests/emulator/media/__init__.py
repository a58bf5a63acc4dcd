"""Tests of the emulator's media; a package so that they share one module that writes footage."""
