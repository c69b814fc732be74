"""The tests: they mirror the two packages; `browser/` holds those that need a real Chromium."""
