from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .bank_common import BankCommon


@tagged("post_install", "-at_install")
class TestBankWizard(BankCommon):
    """Each uploaded file has its own result."""

    def _upload(self, **contents):
        attachments = self.env["ir.attachment"].create(
            [{"name": f"{name}.xml", "raw": content} for name, content in contents.items()]
        )
        wizard = self.env["s2b2b.bank.import"].create(
            {"journal_id": self.bank.id, "attachment_ids": [Command.set(attachments.ids)]}
        )
        wizard.action_import()
        return wizard

    def test_refused_file_does_not_stop_the_others(self):
        good = self._file(self._movement(120, "one"))
        wizard = self._upload(bad=good[:-20], good=good)
        self.assertEqual(
            {line.name: line.state for line in wizard.line_ids},
            {"bad.xml": "refused", "good.xml": "imported"},
        )
        refused = wizard.line_ids.filtered(lambda line: line.state == "refused")
        self.assertIn("broken or cut off", refused.message)
        self.assertEqual(len(wizard.statement_ids.line_ids), 1)

    def test_known_file_is_said_to_be_known(self):
        content = self._file(self._movement(120, "one"))
        self._upload(first=content)
        wizard = self._upload(again=content)
        self.assertEqual(wizard.line_ids.state, "known")
        self.assertIn("already there", wizard.line_ids.message)
        self.assertFalse(wizard.statement_ids)

    def test_imported_file_is_reconciled_from_the_result(self):
        invoice = self._document(self.member, 120)
        wizard = self._upload(bank=self._file(self._movement(120, invoice.name, self.member)))
        action = wizard.action_reconcile()
        self.assertEqual(self.env[action["res_model"]].browse(action["res_id"]).posted_count, 1)
        self.assertPaid(invoice)

    def test_nothing_chosen_is_refused(self):
        with self.assertRaisesRegex(UserError, "Choose a bank file"):
            self._upload()

    def test_dashboard_opens_the_upload_for_its_journal(self):
        action = self.bank.action_import_bank_file()
        self.assertEqual(action["context"], {"default_journal_id": self.bank.id})
