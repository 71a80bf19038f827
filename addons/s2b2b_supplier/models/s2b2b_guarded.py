from odoo import api, models
from odoo.exceptions import AccessError, UserError

# Compared by identity: a caller from outside can name the key, but can never send this object.
_VERB = object()
_KEY = "s2b2b_verb"


class S2b2bGuarded(models.AbstractModel):
    """Fields that are changed by the model's own verbs, not by writing to them.

    ``_guarded_fields`` maps a field to the group that may write it directly, or to None: nobody.
    ``_frozen_fields`` keep their value while the record is in one of ``_frozen_states``.
    """

    _name = "s2b2b.guarded"
    _description = "Fields Kept by Verbs"
    _guarded_fields = {}
    _frozen_fields = frozenset()
    _frozen_states = frozenset()

    @api.model
    def default_get(self, fields):
        """Context and user defaults are a way in as well: guarded fields keep their own default."""
        values = super().default_get(fields)
        for name in self._guarded_fields.keys() & values.keys():
            if not self._may_write_guarded(name):
                values[name] = self._guarded_default(name)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded({n: v for n, v in vals.items() if not self._is_default(n, v)})
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_guarded(self._leave_out_kept(vals))
        self._refuse_frozen(vals)
        return super().write(vals)

    def _create_guarded(self, vals_list):
        """Creates with values for guarded fields; only a verb may call it."""
        context = {_KEY: _VERB}
        records = self.with_context(**context).create(vals_list)
        return self.browse(records.ids)

    def _write_guarded(self, vals):
        """Writes guarded fields; only a verb, which has checked the present state, may call it."""
        context = {_KEY: _VERB}
        return self.with_context(**context).write(vals)

    def _refuse_guarded(self, vals):
        for name in self._guarded_fields.keys() & vals.keys():
            if not self._may_write_guarded(name):
                # sudo: the name of the model for the message
                model = self.env["ir.model"]._get(self._name).sudo()
                raise AccessError(
                    self.env._(
                        "“%(field)s” of %(model)s is changed by its actions, not by hand.",
                        field=self._fields[name]._description_string(self.env),
                        model=model.name,
                    )
                )

    def _refuse_frozen(self, vals):
        names = self._frozen_fields & vals.keys()
        if not names or self._is_verb():
            return
        self.check_access("write")
        for record in self:
            if record.state in self._frozen_states:
                raise UserError(
                    self.env._(
                        "%(name)s is “%(state)s”: its %(field)s can no longer be changed.",
                        name=record.display_name,
                        state=dict(self._fields["state"]._description_selection(self.env))[
                            record.state
                        ],
                        field=self._fields[min(names)]._description_string(self.env),
                    )
                )

    def _is_verb(self):
        return self.env.context.get(_KEY) is _VERB

    def _may_write_guarded(self, name):
        if self._is_verb():
            return True
        group = self._guarded_fields[name]
        return bool(group) and (self.env.su or self.env.user.has_group(group))

    def _leave_out_kept(self, vals):
        """Merging contacts writes anew what the one that stays has: that is no change."""
        if not self.env.context.get("merging_contacts"):
            return vals
        kept = {
            name
            for name in self._guarded_fields.keys() & vals.keys()
            if all(self._fields[name].convert_to_write(r[name], r) == vals[name] for r in self)
        }
        return {name: value for name, value in vals.items() if name not in kept}

    def _is_default(self, name, value):
        return name not in self._guarded_fields or not value or value == self._guarded_default(name)

    def _guarded_default(self, name):
        default = self._fields[name].default
        value = default(self) if default else False
        return value.id if isinstance(value, models.BaseModel) else value
