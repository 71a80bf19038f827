{
    "name": "S2B2B Supplier",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Purchase",
    "summary": "Qualify, grade and develop suppliers; supplier portal",
    "author": "S2B2B for Odoo maintainers",
    "license": "LGPL-3",
    "depends": ["purchase_stock", "portal"],
    "data": [
        "security/s2b2b_supplier_groups.xml",
    ],
    "application": True,
}
