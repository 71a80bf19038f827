from . import application, portal, portal_credit, portal_people, portal_points, portal_pricelist
