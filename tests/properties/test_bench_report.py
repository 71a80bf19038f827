"""A bench whose ratio is above its limit fails at the end, and says which."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bin"))

from devkit.bench import Report


def test_ratio_above_its_limit_fails_the_bench_and_is_named(capsys):
    report = Report()
    report.ratio("slow thing", 5.0, 1.0, "the floor", 2)
    report.ratio("quick thing", 1.0, 1.0, "the floor", 2)
    assert report.conclude() == 1
    last = capsys.readouterr().out.split("Above the limit:")[1]
    assert "slow thing: 5.00x, limit 2x" in last
    assert "quick thing" not in last


def test_ratio_at_its_limit_or_without_one_passes(capsys):
    report = Report()
    report.ratio("at the limit", 2.0, 1.0, "the floor", 2)
    report.ratio("without", 9.0, 1.0, "the floor")
    assert report.conclude() == 0
    assert "Above" not in capsys.readouterr().out
