from base64 import b64decode

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PDF
from .common_portal import PortalCommon

URL = "/my/supplier/proposals"
GTIN = "4006381333931"
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg=="
)


@tagged("post_install", "-at_install")
class TestProductProposals(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = {"name": "Oolong Tea", "barcode": GTIN, "price": "4,5", "product_code": "T1"}

    def setUp(self):
        super().setUp()
        self._login(self.user_a)

    def _propose(self, action="submit", files=None, path="new", **values):
        answer = self._post(f"{URL}/{path}", {**self.form, "action": action, **values}, files)
        self.env.invalidate_all()
        return answer

    def _proposal(self):
        return self.env["s2b2b.product.proposal"].search([], limit=1)

    def _offers(self):
        return self.env["product.supplierinfo"].search([("partner_id", "=", self.a.id)])

    def test_another_supplier_neither_sees_changes_nor_deletes_it(self):
        self._propose("save", files=[("pictures", ("tea.png", PIXEL))])
        proposal = self._proposal()
        picture = f"{URL}/{proposal.id}/picture/{proposal.image_ids.id}"
        self.assertEqual(self.url_open(picture).status_code, 200)
        self._login(self.user_b)
        for page in (f"{URL}/{proposal.id}", picture):
            self.assertEqual(self.url_open(page).status_code, 404)
        self.assertEqual(self.url_open(f"/web/content/{proposal.image_ids.id}").status_code, 404)
        self.assertNotIn("Oolong", self.url_open(URL).text)
        self.assertEqual(self._propose(path=proposal.id, name="Stolen").status_code, 404)
        self.assertEqual(self._post(f"{URL}/{proposal.id}/delete").status_code, 404)
        self.assertEqual(proposal.name, "Oolong Tea")
        with self.assertRaises(AccessError):
            proposal.with_user(self.user_a).read(["name"])

    def test_role_without_the_catalogue_proposes_nothing(self):
        self._login(self._portal_user(self.a, "portal_viewer", role="viewer"))
        self.assertEqual(self._propose().status_code, 403)
        self.assertEqual(self.url_open(URL).status_code, 200)
        self.assertFalse(self._proposal())

    def test_buyer_and_hand_do_not_decide(self):
        self._propose()
        with self.assertRaises(AccessError):
            self._proposal().with_user(self.buyer).action_accept()
        with self.assertRaises(AccessError):
            self._proposal().with_user(self.supplier_manager).write({"state": "accepted"})

    def test_wrong_forms_are_shown_again_with_what_was_typed(self):
        for name, text in (
            ("name", " "),
            ("barcode", "4006381333930"),
            ("barcode", "ABC"),
            ("price", "-1"),
            ("delay", "soon"),
        ):
            with self.subTest(name=name, text=text):
                answer = self._propose(**{name: text})
                self.assertIn("is-invalid", answer.text)
                self.assertFalse(self._proposal())

    def test_what_is_no_picture_is_refused(self):
        for name, content in (
            ("tea.pdf", PDF),
            ("tea.png", b"\x89PNG\r\n\x1a\nrubbish"),
            ("tea.svg", b"<svg onload='x'/>"),
            ("tea.png", PIXEL + b"x" * (5 * 1024 * 1024)),
        ):
            with self.subTest(name=name):
                answer = self._propose(files=[("pictures", (name, content))])
                self.assertIn("is-invalid", answer.text)
                self.assertFalse(self._proposal())
        files = [("pictures", (f"tea{n}.png", PIXEL)) for n in range(6)]
        self.assertIn("five files", self._propose(files=files).text)

    def test_draft_is_changed_sent_once_and_deleted_only_before(self):
        self._propose("save")
        proposal = self._proposal()
        self._propose(path=proposal.id, name="Oolong Tea 100 g")
        self.assertRecordValues(proposal, [{"name": "Oolong Tea 100 g", "state": "submitted"}])
        self.assertIn("sent already", self._propose(path=proposal.id, name="Other").text)
        self.assertEqual(self._post(f"{URL}/{proposal.id}/delete").status_code, 404)
        self._propose("save", barcode="", name="Second")
        second = self._proposal()
        self._post(f"{URL}/{second.id}/delete")
        self.assertFalse(second.exists())

    def test_same_barcode_is_not_proposed_twice(self):
        self._propose()
        self.assertIn("already", self._propose(name="Again").text)
        self.assertEqual(self.env["s2b2b.product.proposal"].search_count([]), 1)

    def test_accepting_makes_the_product_with_its_offer(self):
        food = self._category()
        self._propose(files=[("pictures", ("tea.png", PIXEL))], category_id=str(food.id))
        proposal = self._proposal()
        self.assertEqual(proposal.match_kind, "none")
        proposal.with_user(self.supplier_user).action_accept()
        product = proposal.product_id
        self.assertRecordValues(
            product,
            [{"name": "Oolong Tea", "barcode": GTIN, "categ_id": food.id, "sale_ok": False}],
        )
        self.assertTrue(product.image_1920)
        self.assertRecordValues(
            self._offers(), [{"product_id": product.id, "price": 4.5, "product_code": "T1"}]
        )
        self.assertEqual(proposal.state, "accepted")
        self.assertIn("part of our catalogue", self.a.message_ids[0].body)

    def test_known_barcode_is_merged_and_never_made_twice(self):
        tea = self._product("Oolong", barcode=GTIN)
        self._propose()
        proposal = self._proposal().with_user(self.supplier_user)
        self.assertRecordValues(proposal, [{"match_kind": "barcode", "match_ids": tea.ids}])
        with self.assertRaises(UserError):
            proposal.action_accept()
        proposal.action_merge()
        self.assertRecordValues(proposal, [{"state": "merged", "product_id": tea.id}])
        self.assertRecordValues(
            self._offers(), [{"product_id": tea.id, "product_name": "Oolong Tea"}]
        )

    def test_offer_of_the_supplier_is_not_doubled_by_a_merge(self):
        tea = self._product("Oolong", barcode=GTIN)
        self._offer(self.a, tea, price=9)
        self._propose()
        self._proposal().action_merge()
        self.assertRecordValues(self._offers(), [{"price": 4.5, "product_code": "T1"}])

    def test_near_names_are_shown_and_chosen_by_hand(self):
        tea = self._product("Tea Oolong")
        self._propose(barcode="")
        proposal = self._proposal()
        self.assertRecordValues(proposal, [{"match_kind": "near", "match_ids": tea.ids}])
        with self.assertRaises(UserError):
            proposal.action_merge()
        proposal.merge_product_id = tea
        proposal.action_merge()
        self.assertEqual(proposal.product_id, tea)

    def test_code_of_the_supplier_is_recognised_but_not_of_another(self):
        tea = self._product("Something")
        self._offer(self.b, tea, product_code="T1")
        self._propose(barcode="")
        self.assertEqual(self._proposal().match_kind, "none")
        self._offer(self.a, tea, product_code="T1")
        self._proposal().invalidate_recordset()
        self.assertEqual(self._proposal().match_kind, "code")

    def test_decided_proposal_is_neither_changed_nor_decided_again(self):
        self._propose()
        proposal = self._proposal().with_user(self.supplier_user)
        proposal._refuse("Out of range")
        self.assertIn("Out of range", self.url_open(URL).text)
        for act in (proposal.action_accept, proposal.action_merge, proposal.action_submit):
            with self.assertRaises(UserError):
                act()
        with self.assertRaises(UserError):
            proposal.price = 1

    def test_wrong_check_digit_is_refused_for_staff_too(self):
        with self.assertRaises(ValidationError):
            self.env["s2b2b.product.proposal"].create(
                {"name": "Tea", "partner_id": self.a.id, "barcode": "4006381333930"}
            )

    def test_unit_of_another_kind_is_not_merged(self):
        weight = self.env.ref("uom.product_uom_kgm")
        tea = self._product("Oolong", barcode=GTIN, uom_id=weight.id)
        self._propose()
        with self.assertRaises(UserError):
            self._proposal().action_merge()
        self.assertFalse(self._offers().filtered(lambda offer: offer.product_id == tea))

    def test_categories_are_those_the_supplier_is_qualified_for(self):
        food, tools = self._category("Food"), self._category("Hardware")
        self.a._write_guarded({"supplier_category_ids": [Command.set(food.ids)]})
        text = self.url_open(f"{URL}/new").text
        self.assertIn("Food", text)
        self.assertNotIn("Hardware", text)
        self._propose(category_id=str(tools.id))
        self.assertFalse(self._proposal().category_id)
