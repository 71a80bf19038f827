"""Portal controllers of all addons become one class: no name may mean two things."""

import ast
from collections import defaultdict

from source import ADDONS, tree

CORE_HOOKS = {"_prepare_portal_layout_values", "_prepare_home_portal_values"}


def test_portal_controllers_share_no_method_names():
    bases, methods = {}, defaultdict(list)
    for file in [f for addon in ADDONS for f in sorted((addon / "controllers").glob("*.py"))]:
        for node in tree(file).body:
            if isinstance(node, ast.ClassDef):
                bases[node.name] = [ast.unparse(base) for base in node.bases]
                for part in node.body:
                    if isinstance(part, ast.FunctionDef) and part.name not in CORE_HOOKS:
                        methods[part.name].append(node.name)

    def is_portal(name):
        return name.endswith("CustomerPortal") or any(map(is_portal, bases.get(name, ())))

    shared = {
        method: [owner for owner in owners if is_portal(owner)]
        for method, owners in methods.items()
    }
    assert not {method: owners for method, owners in shared.items() if len(owners) > 1}
