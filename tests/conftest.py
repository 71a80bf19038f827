"""Pure tests: the rules of the business, without Odoo and without a database.

Each addon is registered as a bare package, so that ``s2b2b_order.tools.allocation`` is imported
without running the addon's ``__init__`` (which needs Odoo).
"""

import importlib.machinery
import importlib.util
import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

ADDONS = Path(__file__).parents[1] / "addons"

settings.register_profile("full", deadline=None, max_examples=300, derandomize=True)
settings.register_profile(
    "fast",
    deadline=None,
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "full"))


def _register_bare_packages():
    for addon in sorted(ADDONS.glob("s2b2b_*")):
        if addon.name in sys.modules or not (addon / "tools").is_dir():
            continue
        spec = importlib.machinery.ModuleSpec(addon.name, None, is_package=True)
        spec.submodule_search_locations = [str(addon)]
        sys.modules[addon.name] = importlib.util.module_from_spec(spec)


_register_bare_packages()
