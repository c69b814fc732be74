"""Benchmarks: ratios against named rivals, measured in one run. Never part of the correctness tests."""
