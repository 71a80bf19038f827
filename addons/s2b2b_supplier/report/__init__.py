from . import (
    s2b2b_delivery_line,
    s2b2b_delivery_line_claims,
    s2b2b_delivery_line_price,
    s2b2b_delivery_line_sums,
)
