from . import member_order, portal, quick_order, supplier_order
