from odoo.tests import tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalRenewal(PortalCommon):
    """The way from the supplier's own page to its renewal."""

    def setUp(self):
        super().setUp()
        self.a._supplier_set_validity(self._day(40))
        self.renewal = self.env["s2b2b.qualification"]._open_renewals(self.a)

    def _page(self, user):
        self._login(user)
        return self.url_open("/my/supplier").text

    def test_link_is_for_those_who_keep_the_papers(self):
        viewer = self._portal_user(self.a, "portal_viewer", role="viewer")
        for user in (self.user_b, viewer):
            self.assertNotIn("/supplier/application/", self._page(user))

    def test_opened_renewal_is_a_task_until_it_is_sent(self):
        page = self._page(self.user_a)
        self.assertIn("/supplier/application/", page)
        self.assertIn("renew it", page)
        self.renewal._resubmit("Still jam", [])
        self.assertNotIn("/supplier/application/", self._page(self.user_a))

    def test_returned_renewal_is_a_task_again(self):
        self.renewal._resubmit("Still jam", [])
        self.renewal.action_request_changes("A legible licence")
        self.assertIn("needs something from you", self._page(self.user_a))
