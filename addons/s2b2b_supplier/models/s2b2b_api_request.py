import json
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

KEPT_DAYS = 30
LONGEST_KEY = 128
MOST_AN_HOUR = 600
# The scope of what changes nothing and may be repeated: kept for a day, only to be counted.
TRIAL = "trial"
KEPT_TRIAL_DAYS = 1
BATCH = 10_000


class S2b2bApiRequest(models.Model):
    """A call of another system that must not be done twice, and what was answered to it."""

    _name = "s2b2b.api.request"
    _description = "API Request Done Once"
    _rec_name = "key"
    _order = "id desc"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    scope = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    fingerprint = fields.Char(required=True, readonly=True, help="Of what was asked for.")
    called_on = fields.Datetime(required=True, readonly=True, index=True)
    status = fields.Integer(readonly=True)
    answer = fields.Json(readonly=True)

    _key_unique = models.UniqueIndex("(user_id, scope, key)", "This request was made before.")

    @api.model
    def _claim(self, scope, key, content):
        """The request of this user and whether it is new.

        Of two calls of one moment the second waits, fails to serialize, is replayed and finds
        the answer of the first.
        """
        # sudo: the requests are the user's own, nothing else is read or written
        requests = self.sudo()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO s2b2b_api_request (user_id, scope, key, fingerprint, called_on)
                VALUES (%s, %s, %s, %s, now() AT TIME ZONE 'UTC')
           ON CONFLICT (user_id, scope, key) DO NOTHING
             RETURNING id
                """,
                self.env.uid,
                scope,
                key,
                self._fingerprint(content),
            )
        )
        if rows:
            return requests.browse(rows[0][0]), True
        mine = [("user_id", "=", self.env.uid), ("scope", "=", scope), ("key", "=", key)]
        return requests.search(mine), False

    @api.model
    def _count_trial(self):
        """Notes a call that changes nothing: it costs the server as much as one that does."""
        # sudo: the requests are the user's own, nothing else is written
        self.sudo().create(
            {
                "user_id": self.env.uid,
                "scope": TRIAL,
                "key": str(uuid4()),
                "fingerprint": "",
                "called_on": fields.Datetime.now(),
            }
        )

    @api.model
    def _fingerprint(self, content):
        return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def _is_same(self, content):
        return self.fingerprint == self._fingerprint(content)

    @api.model
    def _is_flooded(self):
        """Whether this user calls more often within an hour than any system needs to.

        The call of the moment is noted already.
        """
        since = fields.Datetime.now() - timedelta(hours=1)
        mine = [("user_id", "=", self.env.uid), ("called_on", ">", since)]
        # sudo: portal users may not read the model; only the user's own requests are counted
        return self.sudo().search_count(mine, limit=MOST_AN_HOUR + 1) > MOST_AN_HOUR

    @api.autovacuum
    def _gc_old(self):
        now = fields.Datetime.now()
        old = Domain("called_on", "<", now - timedelta(days=KEPT_DAYS))
        trials = Domain("scope", "=", TRIAL)
        over = trials & Domain("called_on", "<", now - timedelta(days=KEPT_TRIAL_DAYS))
        found = self.search(old | over, limit=BATCH)
        found.unlink()
        return len(found), len(found) == BATCH
