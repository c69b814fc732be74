"""Reads applications' statuses from employers' portals. Runs without the server."""
