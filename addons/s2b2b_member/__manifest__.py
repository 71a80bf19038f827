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
        "security/ir.model.access.csv",
        "data/ir_sequence_data.xml",
        "data/res_partner_grade_data.xml",
        "data/ir_cron_data.xml",
        "data/mail_template_data.xml",
    ],
    "application": True,
}
