from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.lifecycle import next_status, suspension_verb


class S2b2bSupplierLifecycle(models.AbstractModel):
    """The verbs that change the status of a supplier; ``res.partner`` has the fields.

    All of them act on the commercial partners, need a reason and refuse a status they do not
    start from. They are private: whoever calls them has checked who may.
    """

    _name = "s2b2b.supplier.lifecycle"
    _description = "Supplier Lifecycle"

    def _supplier_apply(self, reason):
        self._supplier_change("apply", reason)

    def _supplier_withdraw(self, reason):
        self._supplier_change("withdraw", reason)

    def _supplier_qualify(self, reason, **terms):
        """Qualifies; ``terms`` are the partner fields that say for what and until when."""
        self._supplier_change("qualify", reason, **terms)

    def _supplier_condition(self, reason, **terms):
        self._supplier_change("condition", reason, **terms)

    def _supplier_readmit(self, reason, conditional=False, **terms):
        """Takes an eliminated supplier back; only a decided requalification may call it."""
        verb = "readmit_condition" if conditional else "readmit"
        self._supplier_change(verb, reason, **terms)

    def _supplier_suspend(self, reason, cause="manual"):
        """Suspends; a decision also takes over what was suspended for a certificate."""
        # sudo: as below, the caller has checked who may
        partners = self.commercial_partner_id.sudo()
        for verb, group in partners.grouped(
            lambda p: suspension_verb(p.supplier_status, p.supplier_status_cause or None, cause)
        ).items():
            group._supplier_change(verb, reason, supplier_status_cause=cause)
            if verb == "suspend":
                group.sudo(False)._handle_open_orders(reason)

    def _supplier_reinstate(self, reason):
        self._supplier_change("reinstate", reason)

    def _supplier_eliminate(self, reason):
        """Ends the supply and archives the offers; what becomes of orders is decided apart."""
        partners = self.commercial_partner_id
        partners._supplier_change("eliminate", reason)
        partners._archive_offers()

    def _archive_offers(self):
        # sudo: an elimination reaches the offers of all companies, whoever decided it
        offers = self.env["product.supplierinfo"].sudo()
        offers.search([("partner_id", "child_of", self.ids)]).write(
            {"active": False, "is_archived_by_exit": True}
        )

    def _supplier_change(self, verb, reason, **terms):
        """The one place where a status changes: checks, then one write a present status."""
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason: the supplier's status keeps it."))
        # sudo: the caller has checked who may; that user need not be allowed to edit contacts
        partners = self.commercial_partner_id.sudo()
        for before, group in partners.grouped(
            lambda p: (p.supplier_status, p.supplier_status_before)
        ).items():
            target = next_status(verb, *before)
            if not target:
                group._refuse_status_change(verb)
            group._write_guarded(group._prepare_status_vals(target, before, reason, terms))

    def _prepare_status_vals(self, target, before, reason, terms):
        """``before``: the present status, and the one before a suspension."""
        status, previous = before
        kept = previous if status == "suspended" else status
        return {
            "supplier_status": target,
            "supplier_status_before": kept if target == "suspended" else False,
            "supplier_status_cause": False,
            "supplier_status_reason": reason.strip(),
            "supplier_status_date": fields.Datetime.now(),
            **terms,
        }

    def _refuse_status_change(self, verb):
        status = dict(self._fields["supplier_status"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "%(names)s: not possible while the supplier status is “%(status)s”.",
                names=", ".join(self.mapped("display_name")),
                status=status[self[:1].supplier_status],
            )
        )

    def _supplier_set_validity(self, day):
        """Moves the day until which the qualification holds; the chatter keeps the old one."""
        # sudo: as in the verbs, the caller has checked who may
        self.commercial_partner_id.sudo()._write_guarded({"supplier_valid_until": day})

    def _review_supplier_status(self, today):
        """What the calendar does to these suppliers: certificates and validity that run out."""
        self.env["s2b2b.certificate"]._review_suppliers(self, today)
        over = self.filtered(
            lambda p: (
                p.supplier_status in ("qualified", "conditional")
                and p.supplier_valid_until
                and p.supplier_valid_until < today
            )
        )
        for day, group in over.grouped("supplier_valid_until").items():
            reason = self.env._("The qualification ended on %s", format_date(self.env, day))
            group._supplier_suspend(reason, cause="validity")

    def _apply_certificate_gaps(self, papers):
        """Makes the status follow the certificates that have run out without a renewal.

        One that is needed for everything suspends the supplier; one that is needed for some
        product categories suspends these. Without gaps, a suspension for that cause ends.
        """
        self.ensure_one()
        general = papers.filtered(lambda paper: not paper.type_id.category_ids)
        if general and self.supplier_status in ("qualified", "conditional"):
            self._supplier_suspend(general._lapse_reason(), cause="certificate")
            general[:1]._mail_supplier("s2b2b_supplier.mail_supplier_suspended")
        elif not general and self.supplier_status_cause == "certificate":
            self._supplier_reinstate(self.env._("The certificates are valid again."))
        self._suspend_categories(papers - general)

    def _suspend_categories(self, papers):
        """Suspends the product categories that need these papers, and no others."""
        categories = papers.type_id.category_ids
        added = categories - self.supplier_suspended_category_ids
        if categories != self.supplier_suspended_category_ids:
            # sudo: as in the verbs, the caller has checked who may
            self.sudo()._write_guarded(
                {"supplier_suspended_category_ids": [Command.set(categories.ids)]}
            )
        # A supplier that is suspended as a whole had all its orders handled then.
        if added and self.supplier_status != "suspended":
            lacking = papers.filtered(lambda paper: paper.type_id.category_ids & added)
            self._handle_open_orders(lacking._lapse_reason(), added)

    def _handle_open_orders(self, reason, categories=None):
        """What becomes of orders under way when these suppliers are suspended, by policy.

        :param categories: only orders of a product in these or below them; None: all orders
        """
        # sudo: a suspension reaches the orders of all companies, whoever caused it
        companies = self.env["res.company"].sudo().search([("open_order_policy", "!=", "finish")])
        if not companies:
            return
        domain = self._open_orders_domain(companies)
        if categories is not None:
            domain &= Domain("order_line.product_id.categ_id", "child_of", categories.ids)
        # sudo: orders that the one whose act suspends may not read are dealt with as well
        self.env["purchase.order"].sudo().search(domain)._follow_suspension(reason)

    def _open_orders_domain(self, companies, states=None):
        return (
            Domain("partner_id", "child_of", self.ids)
            & Domain("company_id", "in", companies.ids)
            & (states or Domain("state", "in", ["sent", "to approve", "purchase"]))
            & Domain("receipt_status", "!=", "full")
        )
