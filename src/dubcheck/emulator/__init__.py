"""The emulator: both dubbing services on localhost. Nothing here is shared with the judge.

`EmulatorServer` (server.py) is the way in; service packs live in pinch/, panjaya/ and storage/.
Importing this package loads nothing heavy: cold start and idle memory are measured.
"""
