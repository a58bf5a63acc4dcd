"""Rules of the Panjaya Dubbing Studio API, one module per topic of its catalogue."""
