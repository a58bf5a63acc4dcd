"""Strategies for the Panjaya API: import from assets, locales, names, subtitles and trims."""
