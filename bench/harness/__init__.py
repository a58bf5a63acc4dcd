"""What the emulator's benchmarks share: servers to compare, and the load on them."""
