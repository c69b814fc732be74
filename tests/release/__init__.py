"""What must hold before a release: `python3 run.py release-check`. The quick parts are tests of every day."""
