import json
import re

from odoo.tests import HttpCase, new_test_user

from .common import OrderCommon


class PortalOrderCommon(HttpCase, OrderCommon):
    """A member and two suppliers with their logins, and calls of the portal as a browser does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.member_orders_confirmed = True
        cls.lamp = cls._goods("Lamp", 20.0, default_code="L-1", barcode="5012345678900")
        cls.vase = cls._goods("Vase", 10.0, default_code="V-1")
        cls.cheap, cls.dear = cls._supplier("Cheap & Co"), cls._supplier("Dear Ltd")
        cls._offer(cls.cheap, cls.lamp, 8.37, stock=6)
        cls._offer(cls.dear, cls.lamp, 9.41, stock=100)
        cls._offer(cls.dear, cls.vase, 4.29)
        cls.member.write({"street": "4 Quay Street", "city": "Leeds", "zip": "LS1 4AB"})
        cls.member.property_product_pricelist = cls.tier_lists["Gold"]
        cls.other_member = cls._member("Hilltop Gifts")
        cls.buyer_user = cls._login("m-buyer", cls.member, member_role="buyer")
        cls.approver_user = cls._login("m-approver", cls.member, member_role="approver")
        cls._login("m-viewer", cls.member, member_role="viewer")
        cls._login("m-other", cls.other_member, member_role="admin")
        cls._login("s-cheap", cls.cheap, supplier_role="orders")
        cls._login("s-viewer", cls.cheap, supplier_role="viewer")
        cls._login("s-dear", cls.dear, supplier_role="orders")

    @classmethod
    def _login(cls, login, company, **vals):
        """A portal user of ``company``, whose password is its login."""
        contact = cls.env["res.partner"].create({"name": login, "parent_id": company.id, **vals})
        return new_test_user(
            cls.env, login, "base.group_portal", password=login, partner_id=contact.id
        )

    def _get(self, login, url):
        self.authenticate(login, login)
        return self.url_open(url, allow_redirects=False)

    def _post(self, login, url, **params):
        """Return (result, error) of a JSON call; an error is {"name", "message"}."""
        self.authenticate(login, login)
        response = self.url_open(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        return response.get("result"), response.get("error", {}).get("data")

    def _say(self, html):
        """The text of a page as a person reads it."""
        return " ".join(re.sub(r"<[^>]*>", " ", html).split())
