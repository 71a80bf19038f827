from odoo.tests import tagged

from .common_claims import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimPrivacy(ClaimCommon):
    """Neither side learns from a claim who the people of the other are."""

    def setUp(self):
        super().setUp()
        self.contact = self._portal_user(self.a, "claims_orders", role="orders").partner_id
        self.supplier_user.partner_id.write({"name": "Vera Stone", "email": "vera@platform.test"})
        self.claim = self._claim(self._received())
        self.mails = self.env["mail.mail"].search([])

    def _post(self, body="We look at it, Vera Stone <vera@platform.test>", **values):
        return self.claim.with_user(self.supplier_user).message_post(
            **{
                "body": body,
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
                **values,
            }
        )

    def _new_mails(self):
        return self.env["mail.mail"].search([]) - self.mails

    def _shown(self):
        pages = self.env["s2b2b.supplier.portal"]
        return pages._get_claim(self.a, self.claim.id)["messages"]

    def test_supplier_reads_the_platforms_name(self):
        self._post()
        [shown] = self._shown()
        self.assertEqual(shown["author"], self.company.name)
        self.assertEqual(shown["text"], "We look at it, … <…>")

    def _buyer(self, name, *contacts):
        """Who gets the goods of the claim."""
        buyer = self.partner_model.create({"name": name, "is_company": True})
        for contact in contacts:
            self.partner_model.create({"name": contact, "parent_id": buyer.id})
        self.claim.purchase_id.dest_address_id = buyer
        return buyer

    def test_supplier_reads_no_name_of_the_customer_in_a_message(self):
        self._buyer("华联商贸有限公司", "张伟")
        self._post("张伟说华联商贸有限公司收到的货坏了，电话13800138000")
        [shown] = self._shown()
        self.assertEqual(shown["text"], "…说…收到的货坏了，电话…")

    def test_customer_is_looked_up_once_however_many_messages(self):
        self._buyer("Hale & Sons", "Ann Hale")
        counts = []
        for many in (1, 5):
            for _number in range(many):
                self._post("Ann Hale saw it.")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual({shown["text"] for shown in self._shown()}, {"… saw it."})
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_supplier_reads_no_name_of_the_customer_in_description_and_decision(self):
        self._buyer("Hale & Sons", "Ann Hale").child_ids.active = False
        self.claim.description = "Ann Hale of Hale & Sons saw 2 of 10 boxes."
        self.claim.write({"resolution": "reject", "resolution_note": "Hale & Sons keeps them."})
        self.claim.action_answer()
        self.claim.action_resolve()
        shown = self.env["s2b2b.supplier.portal"]._get_claim(self.a, self.claim.id)
        self.assertEqual(shown["description"], "… of … saw 2 of 10 boxes.")
        self.assertEqual(shown["resolution_note"], "… keeps them.")
        self.assertIn("… keeps them.", self._new_mails().body_html)

    def test_mail_of_a_new_claim_names_no_customer(self):
        self._buyer("Hale & Sons")
        self._claim(self.claim.purchase_id, description="Hale & Sons saw it.", quantity=1)
        self.assertIn("… saw it.", self._new_mails().body_html)

    def test_platform_that_gets_the_goods_itself_is_named(self):
        self.claim.purchase_id.dest_address_id = self.company.partner_id
        self.assertFalse(self.claim._get_customer_names())

    def test_internal_note_is_not_shown(self):
        self._post(subtype_xmlid="mail.mt_note")
        self.claim.action_escalate()
        self.assertFalse(self._shown())

    def test_supplier_is_told_from_the_platforms_address(self):
        self._post(partner_ids=[self.contact.id])
        mails = self._new_mails()
        self.assertEqual(mails.recipient_ids, self.contact)
        for mail in mails:
            self.assertNotIn("vera", f"{mail.email_from}{mail.reply_to}{mail.body_html}".lower())

    def test_supplier_never_follows(self):
        self.claim.message_subscribe(partner_ids=[self.a.id, self.contact.id])
        self.claim._answer(self.contact, "It was the carrier.")
        followers = self.claim.message_partner_ids
        self.assertFalse(followers & (self.a | self.contact))

    def test_supplier_is_not_proposed_as_recipient(self):
        proposed = self.claim._message_get_suggested_recipients()
        self.assertNotIn(self.a.id, [item.get("partner_id") for item in proposed])

    def test_opening_and_deciding_tell_who_handles_orders(self):
        claim = self._answered(self._received(), resolution="reject")
        claim.action_resolve()
        mails = self._new_mails().filtered(lambda mail: mail.res_id == claim.id)
        self.assertEqual(mails.recipient_ids, self.contact)
        self.assertEqual(len(mails), 2)
