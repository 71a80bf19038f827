import json

from odoo import api, fields, models
from odoo.tools import SQL


class S2b2bScorecardStore(models.AbstractModel):
    """Writes many records of a model that only the system writes, in one statement."""

    _name = "s2b2b.scorecard.store"
    _description = "Written in Bulk"

    @api.model
    def _rounder(self):
        """A function that turns values into what the columns will hold."""
        scales = {
            name: field.get_digits(self.env)
            for name, field in self._fields.items()
            if field.type == "float"
        }
        digits = {name: scale[1] for name, scale in scales.items() if scale}

        def rounded(vals):
            for name in digits.keys() & vals.keys():
                if vals[name] is not None:
                    vals[name] = round(vals[name], digits[name])
            return vals

        return rounded

    @api.model
    def _upsert(self, rows, key, returned):
        """Inserts rows, or updates those that have the same ``key``; [(id, a column of it)]."""
        if not rows:
            return []
        columns = [SQL.identifier(name) for name in rows[0]]
        types = [
            SQL("%s %s", SQL.identifier(name), SQL(self._fields[name].column_type[1]))
            for name in rows[0]
        ]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (%(columns)s, create_uid, create_date, write_uid, write_date)
                SELECT %(columns)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM jsonb_to_recordset(%(rows)s::jsonb) AS new (%(types)s)
           ON CONFLICT (%(key)s) DO UPDATE
                   SET %(updates)s, write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
             RETURNING id, %(returned)s
                """,
                table=SQL.identifier(self._table),
                columns=SQL(", ").join(columns),
                uid=self.env.uid,
                now=fields.Datetime.now(),
                rows=json.dumps(rows, default=str),
                types=SQL(", ").join(types),
                key=SQL(", ").join(map(SQL.identifier, key)),
                updates=SQL(", ").join(SQL("%s = EXCLUDED.%s", c, c) for c in columns),
                returned=SQL.identifier(returned),
            )
        )
        return self.env.cr.fetchall()
