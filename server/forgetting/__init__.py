"""`intown forget-everything`: which files are InTown's own, and the steps that remove all of them."""

from __future__ import annotations
