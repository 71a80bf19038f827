from odoo import http
from odoo.tests import HttpCase

from .common import PDF, SupplierCommon


class PortalCommon(SupplierCommon, HttpCase):
    """Pages of suppliers, asked for as a browser asks for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a, cls.b = cls._supplier("Ashford Foods"), cls._supplier("Brent Foods")
        cls.user_a = cls._portal_user(cls.a, "portal_user_a", role="admin")
        cls.user_b = cls._portal_user(cls.b, "portal_user_b", role="admin")

    def _login(self, user=None):
        """As ``user``, whose password is the login; None: as the public."""
        login = user.login if user else None
        self.authenticate(login, login)

    def _post(self, url, data=None, files=None, **options):
        token = http.Request.csrf_token(self)
        return self.url_open(url, {"csrf_token": token, **(data or {})}, files=files, **options)

    @staticmethod
    def _files(field, *files):
        """Uploads for a form field: (name, bytes) pairs; without any, one good document."""
        return [(field, file) for file in files or [("licence.pdf", PDF)]]
