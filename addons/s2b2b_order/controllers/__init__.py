from . import member_hold, member_order, portal, quick_order, supplier_order
