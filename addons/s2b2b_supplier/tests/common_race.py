import psycopg2.errors

from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError, UserError
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class RaceCommon(TransactionCase):
    """Two people decide at one moment: real transactions, to be cleaned up by hand."""

    def _open(self, cursor):
        return api.Environment(cursor, SUPERUSER_ID, {"tracking_disable": True})

    def _race(self, one, two, decide, told, against=None):
        """Decides ``one`` and ``two``, (model, ids) each, at one moment; the second is ``told``.

        It is refused while the first has not committed, fails where its snapshot is older, as
        requests do before they are repeated, and is told why when it is repeated.

        :param against: what the second decides, where it is not the same
        """
        against = against or decide
        with self.registry.cursor() as first, self.registry.cursor() as second:
            mine, other = (
                self._open(cursor)[model].browse(ids)
                for cursor, (model, ids) in ((first, one), (second, two))
            )
            other.read(["create_date"])
            decide(mine)
            mine.env.flush_all()
            with self.assertRaises(LockError):
                against(other)
            second.rollback()
            other.env.transaction.reset()
            other.read(["create_date"])
            first.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.SerializationFailure),
            ):
                against(other)
            second.rollback()
            other.env.transaction.reset()
            with self.assertRaisesRegex(UserError, told):
                against(other)
            second.rollback()
