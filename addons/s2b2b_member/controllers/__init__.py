from . import portal, portal_points, portal_pricelist
