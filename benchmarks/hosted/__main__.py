"""`python -m benchmarks.hosted`: prints both tables."""

from __future__ import annotations

import asyncio

from benchmarks.hosted import overhead, sizes


def main() -> None:
    """Tokens first, for they need no time."""
    print("\n".join(sizes.report()))
    print()
    print("\n".join(overhead.report(asyncio.run(overhead.measure()))))


if __name__ == "__main__":
    main()
