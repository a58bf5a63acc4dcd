"""Strategies for the Pinch API: import from jobs, uploads, lists and languages."""
