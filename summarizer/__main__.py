"""The program, as `summarizer` and as `python -m summarizer`: Ctrl-C ends it in a line from its first import on."""

from __future__ import annotations

import os
import signal
import sys

INTERRUPTED = 130


def main() -> None:
    """Import and run the command line; once interrupted it ends at once, whatever its threads are at."""
    try:
        from summarizer.cli import main as run

        run()
    except KeyboardInterrupt:  # while it imported: the command line tells of its own
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write("summarizer: interrupted\n")
        _leave()
    except SystemExit as leave:
        if leave.code != INTERRUPTED:
            raise
        _leave()


def _leave() -> None:
    """Within the handler, so that nothing of what was broken off is tidied up, and complains of it.

    A thread that computes would be waited for, and a second Ctrl-C would break into that.
    """
    sys.stderr.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
