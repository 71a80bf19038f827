from odoo import Command, api, models
from odoo.tools import email_normalize

from ..tools.application import record_number
from ..tools.bank import masked

TEXTS = {"phone": 40, "email": 120, "website": 200, "street": 120, "zip": 20, "city": 80}
BANK = {"acc_number": 40, "acc_holder_name": 120, "bank_name": 120, "bank_bic": 11}


class S2b2bSupplierPortalProfile(models.AbstractModel):
    """The company's own page: how to reach it, where it delivers, its bank account."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _get_profile(self, supplier):
        return {
            "name": supplier.name,
            "vat": supplier.vat or "",
            "country": supplier.country_id.name or "",
            **{name: supplier[name] or "" for name in TEXTS},
            "area_ids": supplier.delivery_area_ids.ids,
            "area_names": supplier.delivery_area_ids.mapped("name"),
        }

    @api.model
    def _get_areas(self):
        return [(area.id, area.name) for area in self._find_areas()]

    @api.model
    def _find_areas(self):
        return self.env["s2b2b.delivery.area"].search([("active", "=", True)])

    @api.model
    def _save_profile(self, supplier, form, by):
        """Writes how to reach the supplier; {name: sentence} of what is wrong, then nothing."""
        vals = {name: (form.get(name) or "").strip()[:most] for name, most in TEXTS.items()}
        if vals["email"] and not email_normalize(vals["email"]):
            return {"email": self.env._("This does not look right.")}
        changed = {name: text for name, text in vals.items() if (supplier[name] or "") != text}
        if changed:
            labels = [supplier._fields[n]._description_string(self.env) for n in changed]
            supplier.write(changed)
            supplier._message_log(
                body=self.env._(
                    "%(contact)s changed in the portal: %(fields)s.",
                    contact=by.name,
                    fields=", ".join(labels),
                )
            )
        return {}

    @api.model
    def _save_areas(self, supplier, texts, by):
        """Writes where the supplier delivers; what is no area of ours is left out."""
        wanted = {record_number(text) for text in texts}
        areas = self._find_areas().filtered(lambda area: area.id in wanted)
        if areas != supplier.delivery_area_ids:
            supplier.delivery_area_ids = [Command.set(areas.ids)]
            supplier._message_log(
                body=self.env._(
                    "%(contact)s set the delivery areas: %(areas)s.",
                    contact=by.name,
                    areas=", ".join(areas.mapped("name")) or self.env._("anywhere"),
                )
            )

    @api.model
    def _get_banks(self, supplier):
        """The accounts we pay to, and what was asked for last; numbers only by their end."""
        change = self.env["s2b2b.bank.change"].search(
            [("partner_id", "=", supplier.id), ("state", "!=", "withdrawn")], limit=1
        )
        return {
            "accounts": [
                {
                    "number": masked(bank.sanitized_acc_number),
                    "bank": bank.bank_id.name or "",
                    "paid": bank.allow_out_payment,
                }
                for bank in supplier.bank_ids
            ],
            "change": change.state != "approved"
            and change
            and {
                "number": masked(change.acc_number),
                "state": change.state,
                "state_text": self._selection(change, "state"),
                "reason": change.reason or "",
            },
        }

    @api.model
    def _propose_bank(self, supplier, form, by):
        """Asks for another account; {name: sentence} of what is wrong, and then nothing."""
        vals = {name: (form.get(name) or "").strip()[:most] for name, most in BANK.items()}
        vals["acc_holder_name"] = vals["acc_holder_name"] or supplier.name
        changes = self.env["s2b2b.bank.change"]
        if problem := changes._number_problem(vals["acc_number"], supplier):
            return {"acc_number": problem}
        changes._propose(supplier, by, vals)
        return {}
