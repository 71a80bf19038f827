from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestInstallation(TransactionCase):
    def test_manager_is_also_user(self):
        user, manager = (
            self.env.ref(f"s2b2b_supplier.group_{name}") for name in ("user", "manager")
        )
        self.assertIn(user, manager.all_implied_ids)
