import json
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KEPT_DAYS = 30
LONGEST_KEY = 128


class RequestKey(models.Model):
    """A call that must not be done twice: its key, and what was answered the first time."""

    _name = "s2b2b.request.key"
    _description = "Request That Is Done Once"
    _rec_name = "key"
    _order = "id desc"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    scope = fields.Char(required=True, readonly=True, help="What is called.")
    key = fields.Char(required=True, readonly=True, help="What the caller sends along.")
    fingerprint = fields.Char(readonly=True, help="Of the content of the request.")
    answer = fields.Json(readonly=True)

    _key_unique = models.UniqueIndex("(user_id, scope, key)", "This request was made before.")

    @api.model
    def _claim(self, scope, key, content):
        """Return the record of a call of this user; it has an answer if it was done before.

        Two calls of one moment: the second one waits, fails to serialize, is replayed and finds
        the answer of the first.

        :param key: up to 128 characters that the caller has chosen for this call
        :param content: what is asked for: a value of JSON
        """
        key = str(key).strip()
        if not 0 < len(key) <= LONGEST_KEY:
            raise UserError(self.env._("The key of a request has 1 to 128 characters."))
        # sudo: the key is the user's own, which is all that is read and written here
        keys = self.sudo()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO s2b2b_request_key
                       (user_id, scope, key, fingerprint, create_uid, create_date)
                VALUES (%s, %s, %s, %s, %s, now() AT TIME ZONE 'UTC')
           ON CONFLICT (user_id, scope, key) DO NOTHING
             RETURNING id
                """,
                self.env.uid,
                scope,
                key,
                self._get_fingerprint(content),
                self.env.uid,
            )
        )
        if rows:
            return keys.browse(rows[0][0])
        return keys.search(
            [("user_id", "=", self.env.uid), ("scope", "=", scope), ("key", "=", key)]
        )

    @api.model
    def _get_fingerprint(self, content):
        return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def _is_same(self, content):
        """Tell whether the key stands for the same request as now."""
        return self.fingerprint == self._get_fingerprint(content)

    def _keep(self, answer):
        """Keep what is answered, and return it."""
        self.answer = answer
        return answer

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("create_date", "<", limit)], limit=10000).unlink()
