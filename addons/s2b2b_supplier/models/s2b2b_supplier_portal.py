from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.application import record_number


class S2b2bSupplierPortal(models.AbstractModel):
    """What a supplier sees and does on its own pages.

    Every method takes the supplier whose right the controller has checked, looks at nothing that
    belongs to anybody else, and answers with plain values: no record reaches a page.
    """

    _name = "s2b2b.supplier.portal"
    _description = "Supplier Portal"

    @api.model
    def _get_overview(self, supplier):
        cards = self._find_cards(supplier)
        company = self.env.company
        partner = supplier.with_company(company)
        return {
            "name": supplier.name,
            "status": supplier.supplier_status,
            "status_text": self._selection(supplier, "supplier_status"),
            "reason": supplier.supplier_status in ("suspended", "eliminated")
            and supplier.supplier_status_reason,
            "valid_until": self._date(supplier.supplier_valid_until),
            "categories": supplier.supplier_category_ids.mapped("name"),
            "rated": partner.supplier_is_rated,
            "score": f"{partner.supplier_score:.1f}" if partner.supplier_is_rated else "",
            "grade": partner.supplier_grade_id.name or "",
            "grade_text": partner.supplier_grade_id.description or "",
            "trend": self._get_trend(cards),
            "closed_from": supplier.supplier_closed_from or "",
            "closed_to": supplier.supplier_closed_to or "",
            "closed_text": supplier.supplier_closed_from
            and f"{self._date(supplier.supplier_closed_from)} – "
            f"{self._date(supplier.supplier_closed_to)}",
            "tasks": self._get_tasks(supplier),
            "offer_count": self.env["product.supplierinfo"].search_count(
                self._offers_domain(supplier)
            ),
        }

    @api.model
    def _get_tasks(self, supplier):
        """What waits for the supplier: [{text, url, urgent}], the urgent ones first."""
        stale = self._find_stocks(supplier).filtered("is_stale")
        tasks = self._get_certificate_tasks(supplier)
        if stale:
            text = self.env._("%s stock figures are too old to be promised", len(stale))
            tasks.append({"text": text, "urgent": False, "url": "/my/supplier/catalogue"})
        return sorted(tasks, key=lambda task: not task["urgent"])

    @api.model
    def _get_certificate_tasks(self, supplier):
        texts = [self._certificate_task(paper) for paper in supplier.supplier_certificate_ids]
        texts += [
            (self.env._("%s is missing", kind.name), True) for kind in self._missing_types(supplier)
        ]
        return [
            {"text": text, "urgent": urgent, "url": "/my/supplier/certificates"}
            for text, urgent in filter(None, texts)
        ]

    @api.model
    def _certificate_task(self, paper):
        """(sentence, whether it is urgent) where a certificate needs the supplier, or None."""
        if paper._has_renewal():
            return None
        if paper.state == "rejected":
            return self.env._("%s was not accepted", paper.display_name), True
        if paper.state == "expired":
            return self.env._("%s has expired", paper.display_name), True
        if paper._is_ending(fields.Date.context_today(self)):
            day = self._date(paper.expiry_date)
            text = self.env._("%(name)s expires on %(day)s", name=paper.display_name, day=day)
            return text, paper.days_left <= 7
        return None

    @api.model
    def _missing_types(self, supplier):
        """Required types of which the supplier has handed nothing in."""
        required = self.env["s2b2b.certificate.type"]._find_required(supplier.supplier_category_ids)
        return required - supplier.supplier_certificate_ids.type_id

    @api.model
    def _get_certificates(self, supplier):
        today = fields.Date.context_today(self)
        papers = supplier.supplier_certificate_ids.sorted(
            lambda p: (p.type_id.sequence, p.type_id.id, -p.id)
        )
        return [
            {
                "id": paper.id,
                "type_id": paper.type_id.id,
                "type": paper.type_id.name,
                "number": paper.number,
                "issuer": paper.issuer or "",
                "expiry": self._date(paper.expiry_date),
                "state": paper.state,
                "state_text": self._selection(paper, "state"),
                "reason": paper.state == "rejected" and paper.reject_reason,
                "days_left": paper.days_left,
                "ending": paper._is_ending(today),
                "files": [{"id": f.id, "name": f.name} for f in paper.attachment_ids],
            }
            for paper in papers
        ]

    @api.model
    def _get_certificate_types(self, supplier):
        missing = self._missing_types(supplier)
        kinds = self.env["s2b2b.certificate.type"].search(Domain.TRUE)
        return [
            {
                "id": kind.id,
                "name": kind.name,
                "description": kind.description or "",
                "expires": kind.expires,
                "missing": kind in missing,
                "required": kind.required,
            }
            for kind in kinds
        ]

    @api.model
    def _find_certificate_type(self, text):
        """The type that a form names; empty for anything else."""
        return self.env["s2b2b.certificate.type"].search([("id", "=", record_number(text))])

    @api.model
    def _upload_certificate(self, supplier, paper):
        """Stores and submits a certificate; returns what is wrong with it, or None."""
        applications = self.env["s2b2b.supplier.application"]
        problem = applications._check_paper(paper, supplier.country_id)
        if not problem:
            applications._store_certificate(supplier, paper).action_submit()
        return problem

    @api.model
    def _set_closure(self, supplier, first, last):
        """Announces days without orders; both empty: none. ``ValueError`` for what is no date."""
        supplier.write(
            {
                "supplier_closed_from": fields.Date.to_date(first or None),
                "supplier_closed_to": fields.Date.to_date(last or None),
            }
        )

    @api.model
    def _find_stocks(self, supplier):
        return self.env["s2b2b.supplier.stock"].search(
            [("partner_id", "=", supplier.id), ("company_id", "=", self.env.company.id)]
        )

    @api.model
    def _selection(self, record, name):
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "")

    @api.model
    def _date(self, day):
        return format_date(self.env, day) if day else ""
