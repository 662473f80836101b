"""The corpus generator and the benchmarks."""
