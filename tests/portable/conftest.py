"""The places index, as the tests of asking have it."""

from tests.asking.conftest import places

__all__ = ["places"]
