"""The person's data in forms that other programs read, and back: JSON, CSV, iCalendar.

Pure: tables in, bytes out, and the other way round. The commands open files and the store.
"""

from __future__ import annotations
