from . import (
    application,
    portal,
    portal_order,
    portal_people,
    portal_points,
    portal_pricelist,
)
