"""Rules of the Pinch dubbing API, one module per topic of its catalogue."""
