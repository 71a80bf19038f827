from base64 import b64encode

import psycopg2.errors

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common_race import RaceCommon


@tagged("post_install", "-at_install")
class TestDecisionRaces(RaceCommon):
    """Every decision that two people may take about one record."""

    def setUp(self):
        super().setUp()
        self.made = []
        self.addCleanup(self._clean_up)

    def _keep(self, records):
        """Remembers committed records; what was made last is removed first."""
        self.made += [(records._name, id_) for id_ in records.ids]
        return records

    def _clean_up(self):
        with self.registry.cursor() as cursor:
            env = self._open(cursor)
            for name, id_ in reversed(self.made):
                about = [("model", "=", name), ("res_id", "=", id_)]
                env["mail.mail"].search(about).unlink()
                env["mail.activity"].search(
                    [("res_model", "=", name), ("res_id", "=", id_)]
                ).unlink()
                env["mail.message"].search(about).unlink()
                env.flush_all()
                table = SQL.identifier(env[name]._table)
                cursor.execute(SQL("DELETE FROM %s WHERE id = %s", table, id_))

    def _supplier(self, env):
        partner = env["res.partner"].create({"name": "Race", "is_company": True})
        self._keep(partner)._supplier_qualify("For the test")
        return partner

    def _make_bank_change(self, env):
        return env["s2b2b.bank.change"].create(
            {
                "partner_id": self._supplier(env).id,
                "acc_number": "12345678",
                "acc_holder_name": "Race",
                "verification": "Called",
            }
        )

    def _make_checked_bank_change(self, env):
        """One that the superuser of the races may approve: somebody else has checked it."""
        user = env.ref("base.user_admin")
        change = self._make_bank_change(env(user=user.id, su=True))
        change.action_check()
        return change

    def _make_certificate(self, env):
        kind = env["s2b2b.certificate.type"].create({"name": "Race", "number_format": "none"})
        certificate = env["s2b2b.certificate"].create(
            {
                "partner_id": self._supplier(env).id,
                "type_id": self._keep(kind).id,
                "number": "1",
                "expiry_date": "2999-12-31",
            }
        )
        certificate.action_submit()
        return certificate

    def _make_offer_change(self, env):
        product = self._keep(env["product.template"].create({"name": "Race"}))
        return env["s2b2b.offer.change"]._create_guarded(
            [
                {
                    "partner_id": self._supplier(env).id,
                    "company_id": env.company.id,
                    "product_tmpl_id": product.id,
                    "kind": "new",
                    "price": 1,
                    "currency_id": env.company.currency_id.id,
                    "product_uom_id": product.uom_id.id,
                }
            ]
        )

    def _make_proposal(self, env, barcode=False):
        proposal = env["s2b2b.product.proposal"].create(
            {
                "name": "Race",
                "partner_id": self._supplier(env).id,
                "company_id": env.company.id,
                "price": 1,
                "barcode": barcode,
            }
        )
        proposal.action_submit()
        return proposal

    def _make_contest(self, env):
        card = env["s2b2b.scorecard"].create(
            {
                "partner_id": self._supplier(env).id,
                "company_id": env.company.id,
                "date_from": "2001-01-01",
                "date_to": "2001-01-31",
            }
        )
        return env["s2b2b.scorecard.contest"].create(
            {
                "scorecard_id": self._keep(card).id,
                "kpi_key": "quality",
                "name": "Quality",
                "text": "Wrong",
                "answer": "No",
            }
        )

    def _make_rectification(self, env):
        record = env["s2b2b.rectification"].create(
            {
                "partner_id": self._supplier(env).id,
                "review_note": "No",
                "line_ids": [
                    Command.create({"name": "Labels", "root_cause": "One", "action": "Two"})
                ],
            }
        )
        record.action_issue()
        record.action_answer()
        return record

    def _make_elimination(self, env):
        record = env["s2b2b.supplier.elimination"]._propose(self._supplier(env), "Fraud")
        record.decision_reason = "It was the carrier"
        return record

    def _make_import(self, env):
        return env["s2b2b.offer.import"].create(
            {
                "name": "Race",
                "partner_id": self._supplier(env).id,
                "company_id": env.company.id,
                "content": b64encode(b"code;price\nnone;1"),
            }
        )

    def _cases(self):
        """What is decided: how it is made, how it is decided, and what the second is told."""
        return {
            "certificate": (
                self._make_certificate,
                lambda r: r.action_verify(),
                r"OdooBot has decided already \(Verified\)",
            ),
            "bank change": (self._make_bank_change, lambda r: r.action_check(), "another stage"),
            "bank account": (
                self._make_checked_bank_change,
                lambda r: r.action_approve(),
                "another stage",
            ),
            "offer change": (self._make_offer_change, lambda r: r._refuse("No"), "decided already"),
            "proposal": (self._make_proposal, lambda r: r._refuse("No"), "another stage"),
            "contest": (self._make_contest, lambda r: r.action_refuse(), "decided meanwhile"),
            "rectification": (
                self._make_rectification,
                lambda r: r.action_reject(),
                "does not apply",
            ),
            "elimination": (
                self._make_elimination,
                lambda r: r.action_refuse(),
                "decided already",
            ),
            "import": (self._make_import, lambda r: r._take_over(), "taken over already"),
        }

    def _opposites(self):
        """What one refuses and the other accepts; as in ``_cases``, with what the second does."""
        return {
            "certificate": (
                self._make_certificate,
                lambda r: r.action_reject("No"),
                r"OdooBot has decided already \(Rejected\)",
                lambda r: r.action_verify(),
            ),
            "bank account": (
                self._make_checked_bank_change,
                lambda r: r._refuse("No"),
                "another stage",
                lambda r: r.action_approve(),
            ),
            "offer change": (
                self._make_offer_change,
                lambda r: r._refuse("No"),
                "decided already",
                lambda r: r.action_approve(),
            ),
            "proposal": (
                self._make_proposal,
                lambda r: r._refuse("No"),
                "another stage",
                lambda r: r.action_accept(),
            ),
            "contest": (
                self._make_contest,
                lambda r: r.action_refuse(),
                "decided meanwhile",
                lambda r: r.action_uphold(),
            ),
            "rectification": (
                self._make_rectification,
                lambda r: r.action_reject(),
                "does not apply",
                lambda r: r.action_accept(),
            ),
            "elimination": (
                self._make_elimination,
                lambda r: r.action_refuse(),
                "decided already",
                lambda r: r.action_decide(),
            ),
        }

    def _race_for(self, make, decide, told, against=None):
        with self.registry.cursor() as cursor:
            record = self._keep(make(self._open(cursor)))
        same = record._name, record.ids
        self._race(same, same, decide, told, against)

    def test_of_two_decisions_one_wins_and_the_other_is_told(self):
        for name, case in self._cases().items():
            with self.subTest(decision=name):
                self._race_for(*case)

    def test_who_accepts_what_was_refused_meanwhile_is_told(self):
        for name, case in self._opposites().items():
            with self.subTest(decision=name):
                self._race_for(*case)

    def test_of_two_proposals_of_one_product_one_is_accepted(self):
        with self.registry.cursor() as cursor:
            env = self._open(cursor)
            ids = [
                self._keep(self._make_proposal(env, barcode)).id
                for barcode in ("5012345678900", "05012345678900")
            ]
        with self.registry.cursor() as first, self.registry.cursor() as second:
            one, two = (
                self._open(cursor)["s2b2b.product.proposal"].browse(id_)
                for cursor, id_ in ((first, ids[0]), (second, ids[1]))
            )
            two.read(["state"])
            one.action_accept()
            self._keep(one.product_id.product_tmpl_id)
            self._keep(one.product_id)
            self._keep(one.product_id.seller_ids)
            first.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
                two.action_accept()
                two.env.flush_all()
            second.rollback()
            two.env.transaction.reset()
            with self.assertRaisesRegex(UserError, "Merge the proposal"):
                two.action_accept()
            second.rollback()
