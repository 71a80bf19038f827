# isort: off
# A model comes after the mixins that it inherits.
from . import s2b2b_order_parties
from . import s2b2b_portal_order
from . import s2b2b_supplier_answer
from . import s2b2b_supplier_delivery

# isort: on
from . import (
    product_supplierinfo,
    product_template,
    purchase_order,
    purchase_order_line,
    purchase_order_supplier_exit,
    res_company,
    res_config_settings,
    res_partner,
    s2b2b_allocation,
    s2b2b_allocation_input,
    s2b2b_allocation_line,
    s2b2b_allocation_policy,
    s2b2b_allocation_reason,
    s2b2b_basket,
    s2b2b_catalogue,
    s2b2b_delivery_line,
    s2b2b_member_view,
    s2b2b_order_alert,
    s2b2b_order_event,
    s2b2b_order_list,
    s2b2b_order_type,
    s2b2b_portal_access,
    s2b2b_portal_text,
    s2b2b_quick_order,
    s2b2b_request_key,
    s2b2b_shipment,
    s2b2b_supplier_elimination_members,
    s2b2b_supplier_grade,
    s2b2b_supplier_stock,
    s2b2b_supplier_view,
    sale_order,
    sale_order_approval,
    sale_order_line,
    stock_move,
    stock_picking,
    stock_rule,
)
