from . import application, portal, portal_points, portal_pricelist
