from . import s2b2b_supplier_entry
