"""Keeps the tests that ``bin/test --fast`` runs: the classes tagged ``fast``.

They are the rights and the main job of each module; what is tagged is a choice made at the class,
so that new tests do not make the fast run slow.
"""

TAG = "fast"


def pytest_collection_modifyitems(config, items):
    fast = [TAG in getattr(item.cls, "test_tags", ()) for item in items]
    config.hook.pytest_deselected(
        items=[i for i, kept in zip(items, fast, strict=True) if not kept]
    )
    items[:] = [i for i, kept in zip(items, fast, strict=True) if kept]
