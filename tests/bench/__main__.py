"""`python3 run.py bench [name…]`: run every `bench_*.py` here and print its figures.

Each module has `run() -> list[dict]`, a dict per figure: `what`, `ours`, `unit`, and, where there is one,
`rival`, `theirs`, `ratio` and `promise` (the figure of the design that it is held against).
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

COLUMNS = ("what", "ours", "unit", "rival", "theirs", "ratio", "promise")


def shown(value: Any) -> str:
    """A figure for reading: three digits are enough, and more than was measured."""
    return f"{value:.3g}" if isinstance(value, float) else "" if value is None else str(value)


def main(wanted: list[str]) -> int:
    """Run the named benchmarks (all without names), print a table each, keep the figures as JSON."""
    folder = Path(__file__).parent
    names = sorted(path.stem for path in folder.glob("bench_*.py"))
    chosen = [name for name in names if not wanted or name.removeprefix("bench_") in wanted]
    if not chosen:
        print("no such benchmark; there are: " + ", ".join(name.removeprefix("bench_") for name in names))
        return 2
    console = Console()
    figures: dict[str, list[dict[str, Any]]] = {}
    for name in chosen:
        figures[name] = importlib.import_module(f"tests.bench.{name}").run()
        table = Table(*COLUMNS, title=name.removeprefix("bench_"))
        for figure in figures[name]:
            table.add_row(*(shown(figure.get(column)) for column in COLUMNS))
        console.print(table)
    target = folder.parent.parent / "artefacts" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
