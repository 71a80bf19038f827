{
    "name": "S2B2B Order",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "summary": "Urgent, normal and bulk orders, allocated over qualified suppliers",
    "author": "S2B2B for Odoo maintainers",
    "license": "LGPL-3",
    "depends": ["s2b2b_supplier", "s2b2b_member", "stock_dropshipping"],
    "data": [
        "security/s2b2b_order_groups.xml",
    ],
    "application": True,
}
