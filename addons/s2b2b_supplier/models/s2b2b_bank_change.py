from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools.bank import account_kind, clean_account, masked

APPROVER = "account.group_validate_bank_account"


class S2b2bBankChange(models.Model):
    """A new bank account of a supplier, which counts once a second person has approved it."""

    _name = "s2b2b.bank.change"
    _inherit = ["mail.thread", "mail.activity.mixin", "s2b2b.guarded"]
    _description = "Change of a Supplier's Bank Account"
    _order = "id desc"
    _rec_name = "partner_id"
    _guarded_fields = {
        "state": None,
        "checked_by_id": None,
        "approved_by_id": None,
        "bank_id": None,
        "reason": None,
    }
    _frozen_states = frozenset({"checked", "approved", "refused", "withdrawn"})
    _frozen_fields = frozenset(
        {"partner_id", "acc_number", "acc_holder_name", "bank_name", "bank_bic", "verification"}
    )

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('supplier_status', '!=', 'none')]",
    )
    contact_id = fields.Many2one(
        "res.partner", string="Asked by", readonly=True, copy=False, ondelete="set null"
    )
    acc_number = fields.Char(string="Account Number", required=True)
    acc_holder_name = fields.Char(string="Account Holder", required=True)
    bank_name = fields.Char(string="Bank")
    bank_bic = fields.Char(string="BIC")
    verification = fields.Char(
        string="How It Was Verified",
        help="Call the supplier on a number that you knew before, never on one from the request.",
    )
    present_bank_ids = fields.Many2many(
        "res.partner.bank", string="Present Accounts", compute="_compute_present_bank_ids"
    )
    holder_differs = fields.Boolean(compute="_compute_holder_differs")
    state = fields.Selection(
        [
            ("proposed", "Asked for"),
            ("checked", "Verified"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="proposed",
        required=True,
        index=True,
        tracking=True,
        copy=False,
    )
    checked_by_id = fields.Many2one(
        "res.users", string="Verified by", readonly=True, copy=False, tracking=True
    )
    approved_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, copy=False, tracking=True
    )
    bank_id = fields.Many2one(
        "res.partner.bank", string="Bank Account", readonly=True, copy=False, ondelete="set null"
    )
    reason = fields.Char(string="Reason of Refusal", readonly=True, copy=False)

    _open_unique = models.UniqueIndex(
        "(partner_id) WHERE state IN ('proposed', 'checked')",
        "A change of the bank account of this supplier waits already.",
    )

    @api.constrains("acc_number", "partner_id")
    def _check_acc_number(self):
        for change in self:
            if problem := self._number_problem(change.acc_number, change.partner_id):
                raise ValidationError(problem)

    @api.depends("partner_id")
    def _compute_present_bank_ids(self):
        for change in self:
            change.present_bank_ids = change.partner_id.bank_ids

    @api.depends("acc_holder_name", "partner_id")
    def _compute_holder_differs(self):
        for change in self:
            holder, name = change.acc_holder_name or "", change.partner_id.name or ""
            change.holder_differs = holder.casefold().split() != name.casefold().split()

    @api.model
    def _number_problem(self, text, partner):
        """What is wrong with the number of an account of ``partner``; None: nothing."""
        kind = account_kind(clean_account(text or ""))
        if kind == "wrong":
            return self.env._("This is no bank account: a digit is wrong or missing.")
        if kind == "plain" and partner.country_id in self.env.ref("base.sepa_zone").country_ids:
            return self.env._("Please give the IBAN.")
        return None

    @api.model
    def _propose(self, supplier, contact, values):
        """What the supplier asks for in its portal; an older wish that nobody verified goes."""
        open_ = self.search(
            [("partner_id", "=", supplier.id), ("state", "in", ["proposed", "checked"])]
        )
        if "checked" in open_.mapped("state"):
            raise UserError(self.env._("Your last change is being decided on. Please wait."))
        open_._write_guarded({"state": "withdrawn"})
        open_.flush_recordset()  # before the new one, which the unique index would refuse
        number = clean_account(values["acc_number"])
        change = self.create(
            {
                **values,
                "acc_number": number,
                "partner_id": supplier.id,
                "contact_id": contact.id,
            }
        )
        change._tell(
            self.env._(
                "%(contact)s asks to change your bank account to %(number)s. If this is not "
                "from you, call us at once.",
                contact=contact.name,
                number=masked(number),
            )
        )
        return change

    def action_check(self):
        """The first person: it was verified with the supplier, on a way known before."""
        self._lock("proposed")
        for change in self:
            if not (change.verification or "").strip():
                raise UserError(self.env._("Write down how the account was verified."))
        self._write_guarded({"state": "checked", "checked_by_id": self.env.uid})

    def action_approve(self):
        """The second person: from now on the supplier is paid to the new account only."""
        self._lock("checked")
        if not self.env.user.has_group(APPROVER):
            raise AccessError(
                self.env._("Only who may validate bank accounts in accounting approves them.")
            )
        for change in self:
            if self.env.user in (change.checked_by_id, change.create_uid):
                raise UserError(self.env._("A second person has to approve the account."))
            bank = change._activate_account()
            change._write_guarded(
                {"state": "approved", "approved_by_id": self.env.uid, "bank_id": bank.id}
            )
            change._tell(
                change.env._("Your bank account %s counts from now on.", masked(change.acc_number))
            )

    def action_refuse(self):
        """Asks for the reason; the supplier reads it."""
        return self.env["s2b2b.refusal"]._open(self)

    def _refuse(self, reason):
        self._lock("proposed", "checked")
        self._write_guarded({"state": "refused", "reason": reason, "approved_by_id": self.env.uid})
        for change in self:
            change._tell(change.env._("The change of your bank account was refused: %s", reason))

    def _lock(self, *states):
        """Of two who decide at once one wins, the other is told."""
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        if any(change.state not in states for change in self):
            raise UserError(self.env._("Some of these changes are at another stage already."))

    def _activate_account(self):
        """The account, trusted and first in line; the ones before are not paid to any more."""
        # sudo: the right to approve was checked; contacts need not be editable otherwise
        banks = self.env["res.partner.bank"].sudo()
        supplier = self.partner_id.sudo()  # sudo: as above
        known = banks.with_context(active_test=False).search(
            [("partner_id", "=", supplier.id), ("acc_number", "=", self.acc_number)], limit=1
        )
        (supplier.bank_ids - known).write({"allow_out_payment": False})
        values = {"acc_holder_name": self.acc_holder_name, "sequence": 0, "active": True}
        if self.bank_name:
            values["bank_id"] = self._find_bank().id
        if known:
            known.write(values)
        else:
            key = {"partner_id": supplier.id, "acc_number": self.acc_number}
            known = banks.create({**values, **key})
        (supplier.bank_ids - known).filtered(lambda bank: not bank.sequence).sequence = 10
        known.allow_out_payment = True
        return known

    def _find_bank(self):
        # sudo: as in ``_activate_account``
        banks = self.env["res.bank"].sudo()
        bank = banks.search([("bic", "=", self.bank_bic)], limit=1) if self.bank_bic else banks
        return bank or banks.create({"name": self.bank_name, "bic": self.bank_bic})

    def _tell(self, body):
        """To the administrators of the supplier, so that nobody changes it behind their back."""
        subject = self.env._("Your bank account")
        self.partner_id._tell_portal("people", subject, body)
