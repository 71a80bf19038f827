from . import s2b2b_delivery_line
