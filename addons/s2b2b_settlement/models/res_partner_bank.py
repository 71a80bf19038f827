from odoo import api, models


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    @api.model
    def _find_owners(self, numbers, company):
        """Return ``{number: commercial partner}`` of account numbers that one partner alone has.

        ``numbers`` are sanitized; accounts of other companies do not count.
        """
        accounts = self.search(
            [
                ("sanitized_acc_number", "in", list(numbers)),
                ("company_id", "in", (False, company.id)),
            ]
        )
        owners = {}
        for number, same in accounts.grouped("sanitized_acc_number").items():
            partners = same.partner_id.commercial_partner_id
            if len(partners) == 1:
                owners[number] = partners
        return owners
