"""Reads applications' statuses from employers' portals. Runs without the server."""

__version__ = "0.1.0"
"""InTown's version: the one place. The package is built with it; CHANGELOG.md and the extension's manifest are
held equal to it by a test."""
