{
    "name": "S2B2B Member",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "summary": "Member tiers, tier prices, credit that blocks, points",
    "author": "S2B2B for Odoo maintainers",
    "license": "LGPL-3",
    "depends": ["sale_management", "sale_loyalty", "partnership"],
    "data": [
        "security/s2b2b_member_groups.xml",
    ],
    "application": True,
}
