{
    "name": "S2B2B Member: mailings",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "summary": "Glue: a segment of members is the audience of a mailing",
    "author": "S2B2B for Odoo maintainers",
    "license": "LGPL-3",
    "depends": ["s2b2b_member", "mass_mailing"],
    "data": [
        "security/ir.model.access.csv",
        "views/mailing_mailing_views.xml",
        "views/s2b2b_segment_views.xml",
    ],
    "auto_install": True,
}
