"""`intown doctor`: what can be wrong with an installation, one look at each, and the command that puts it right.

The looks change nothing and know nothing of each other; `examine` runs them side by side, and one that fails or
hangs is itself a finding. `bundle` makes the scrubbed file for a bug report.
"""

from __future__ import annotations
