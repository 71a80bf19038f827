from . import application, portal, portal_people, portal_points, portal_pricelist
