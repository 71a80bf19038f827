from odoo.tests import tagged

from .common_race import RaceCommon


@tagged("post_install", "-at_install")
class TestClaimRace(RaceCommon):
    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cursor:
            env = self._open(cursor)
            partner = env["res.partner"].create({"name": "Race", "is_company": True})
            claim = env["s2b2b.claim"].create(
                {"partner_id": partner.id, "kind": "service", "description": "Race"}
            )
            claim.action_answer()
            claim.resolution = "reject"
            self.ids = claim.id, partner.id
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cursor:
            env = self._open(cursor)
            claim = env["s2b2b.claim"].browse(self.ids[0])
            env["mail.mail"].search(
                [("model", "=", claim._name), ("res_id", "=", claim.id)]
            ).unlink()
            claim._write_guarded({"state": "open"})
            claim.unlink()
            env["res.partner"].browse(self.ids[1]).unlink()

    def test_of_two_decisions_one_wins_and_the_other_is_told(self):
        claim = "s2b2b.claim", self.ids[0]
        self._race(claim, claim, lambda one: one.action_resolve(), "decided already")
