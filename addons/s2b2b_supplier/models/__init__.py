# The mixins come first: a model is built where it is imported, its parents have to exist by then.
from . import (
    s2b2b_guarded,
    s2b2b_qualification_decision,
    s2b2b_qualification_link,
    s2b2b_supplier_lifecycle,
)

# isort: split
from . import (
    product_category,
    product_supplierinfo,
    purchase_order,
    purchase_order_line,
    res_company,
    res_company_lifecycle,
    res_config_settings,
    res_config_settings_lifecycle,
    res_partner,
    res_partner_qualification,
    s2b2b_certificate,
    s2b2b_certificate_type,
    s2b2b_certificate_type_numbers,
    s2b2b_delivery_area,
    s2b2b_kpi,
    s2b2b_qualification,
    s2b2b_qualification_criterion,
    s2b2b_qualification_line,
    s2b2b_qualification_renewal,
    s2b2b_qualification_template,
    s2b2b_scorecard,
    s2b2b_scorecard_line,
    s2b2b_supplier_application,
    s2b2b_supplier_grade,
    s2b2b_supplier_portal,
    s2b2b_supplier_stock,
    stock_picking,
    stock_rule,
)
