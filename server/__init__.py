"""Answers the popup: a thin layer over the scraper, plus the asking."""
