"""Set-up of a development machine: Odoo, Python packages, PostgreSQL, databases, browser.

``bootstrap``, ``odoo_source``, ``debian``, ``paths`` and ``console`` run on the system's Python and
its standard library; everything else runs inside the environment that they make.
"""
