from odoo.tests import tagged

from .test_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestUiMember(PortalCommon):
    def test_member_finds_its_tier_and_what_the_next_one_takes(self):
        self.start_tour("/my", "s2b2b_member_membership", login="riverside")
