"""Field types that the planning routes share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field


def _sensible(moment: datetime) -> datetime:
    """Dates near the ends of the calendar cannot be reckoned with, and nobody travels then."""
    if not 2000 <= moment.year <= 2199:
        raise ValueError("a year between 2000 and 2199")
    return moment


Moment = Annotated[datetime, AfterValidator(_sensible)]
"""A wall-clock time at the destination; an offset is dropped later."""

Text = Annotated[str, Field(max_length=300)]
LongText = Annotated[str, Field(max_length=4000)]
Id = Annotated[str, Field(max_length=200)]
Key = Annotated[str, Field(max_length=1000)]
Cost = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Radius = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
