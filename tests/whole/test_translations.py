"""The template of terms of each addon is what its code and views say today."""

import io

import polib

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_templates_are_up_to_date(self):
        ours = self.env["ir.module.module"].search(
            [("name", "=like", "s2b2b_%"), ("state", "=", "installed")]
        )
        for name in ours.mapped("name"):
            with self.subTest(addon=name):
                self.assertEqual(self._terms_of_code(name), self._terms_of_file(name))

    def test_all_tiers_have_a_chinese_name(self):
        """Two of them are core's records, which core has no Chinese for."""
        self.env["res.lang"]._activate_lang("zh_CN")
        ours = self.env["ir.module.module"].search([("name", "=like", "s2b2b_member")])
        ours._update_translations(["zh_CN"])
        names = self.env["res.partner.grade"].with_context(lang="zh_CN").search([]).mapped("name")
        self.assertLessEqual({"普通", "白银", "黄金", "钻石"}, set(names))

    def _terms_of_code(self, name):
        buffer = io.BytesIO()
        if not trans_export(False, [name], buffer, "po", self.env):
            return set()
        return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}

    def _terms_of_file(self, name):
        return {entry.msgid for entry in polib.pofile(f"{get_module_path(name)}/i18n/{name}.pot")}
