"""What the user sees while long steps run."""

import sys
import time
from contextlib import contextmanager


class Fail(Exception):
    """Ends a command; the text says what is wrong and what to do about it."""


def say(text: str = "") -> None:
    print(text, flush=True)


class Progress:
    """One line that is rewritten on a terminal, and printed in tenths elsewhere."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.started = time.monotonic()
        self._tenth = -1

    def update(self, done: float, total: float, detail: str = "") -> None:
        share = min(1.0, done / total) if total else 0.0
        if sys.stdout.isatty():
            bar = ("#" * int(share * 24)).ljust(24, ".")
            print(f"\r  {self.title} [{bar}] {share:4.0%} {detail:<36.36}", end="", flush=True)
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            say(f"  {self.title} {share:4.0%} {detail}")

    def close(self, result: str = "done") -> None:
        seconds = time.monotonic() - self.started
        start = "\r" if sys.stdout.isatty() else ""
        print(f"{start}  {self.title}: {result} ({seconds:.0f} s)".ljust(90), flush=True)


@contextmanager
def step(title: str):
    """Names a step before it begins and prints how long it took."""
    progress = Progress(title)
    if sys.stdout.isatty():
        print(f"  {title} ...", end="", flush=True)
    else:
        say(f"  {title} ...")
    yield progress
    progress.close()


def run_command(main) -> int:
    """Turns the two expected ends of a command into an exit code and a readable last line."""
    try:
        return main() or 0
    except Fail as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
