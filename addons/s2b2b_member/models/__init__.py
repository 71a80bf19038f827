from . import (
    product_pricelist,
    res_company,
    res_partner,
    res_partner_grade,
    s2b2b_credit_gate,
    s2b2b_credit_request,
    s2b2b_grade_change,
    s2b2b_member_figures,
    s2b2b_tier_benefit,
    sale_order,
)
