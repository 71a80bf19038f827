"""Counts tests from JUnit files and holds the log of a run against the warnings it may print."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

from .console import Fail, say
from .paths import ROOT

ALLOWED = ROOT / "config/log-allowed.txt"


@dataclass
class Results:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list[str] = field(default_factory=list)
    skips: list[str] = field(default_factory=list)

    def add(self, junit: Path, group: str, returncode: int) -> None:
        """Adds a pytest run. A run that broke, or that ran no test, is a failure of its own."""
        if not junit.exists():
            return self.fail(f"{group}: pytest ended with {returncode} and wrote no result")
        cases = list(ET.parse(junit).getroot().iter("testcase"))
        for case in cases:
            name = f"{group}: {case.get('classname')}.{case.get('name')}"
            if case.find("failure") is not None or case.find("error") is not None:
                self.fail(name)
            elif (skip := case.find("skipped")) is not None:
                self.skip(f"{name}: {skip.get('message')}")
            else:
                self.passed += 1
        if not cases or returncode not in (0, 1):
            self.fail(f"{group}: pytest ended with {returncode} after {len(cases)} tests")
        return None

    def fail(self, name: str) -> None:
        self.failed += 1
        self.failures.append(name)

    def skip(self, name: str) -> None:
        self.skipped += 1
        self.skips.append(name)

    def check_log(self, group: str, lines: list[str]) -> None:
        """Warnings and errors that config/log-allowed.txt does not explain fail the run."""
        for line in unexplained(lines):
            self.fail(f"{group}: log: {line[:500]}")

    def report(self) -> None:
        for title, names in (("Skipped", self.skips), ("Failed", self.failures)):
            if names:
                say(f"\n{title}:")
                for name in names:
                    say(f"  {name}")
        say(f"\n{self.passed} passed, {self.failed} failed, {self.skipped} skipped")


def unexplained(lines: list[str]) -> list[str]:
    """Those of ``lines``, each once, that no pattern of config/log-allowed.txt explains."""
    patterns = allowed_patterns()
    return [line for line in dict.fromkeys(lines) if not any(p.search(line) for p in patterns)]


def allowed_patterns() -> list[re.Pattern]:
    """``pattern  # reason`` a line; a line without its reason is refused."""
    patterns = []
    for number, line in enumerate(ALLOWED.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        pattern, mark, reason = line.partition("  # ")
        if not mark or not reason.strip():
            raise Fail(f"{ALLOWED}:{number}: a pattern needs its reason after two spaces and '# '")
        patterns.append(re.compile(pattern.strip()))
    return patterns
