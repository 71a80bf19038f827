from . import portal, quick_order, member_order, supplier_order
