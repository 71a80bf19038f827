{
    "name": "S2B2B Settlement",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "summary": "Commission, statements, bank reconciliation",
    "author": "S2B2B for Odoo maintainers",
    "license": "LGPL-3",
    "depends": ["s2b2b_order", "account"],
    "data": [
        "security/s2b2b_settlement_groups.xml",
    ],
    "application": True,
}
