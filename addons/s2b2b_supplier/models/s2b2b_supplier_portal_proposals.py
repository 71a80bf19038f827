from stdnum import ean

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.image import ImageProcess

from ..tools.application import record_number
from ..tools.offers import parse
from ..tools.uploads import Limits, Upload, check_uploads, file_type, safe_name

PICTURES = Limits(max_size=5 * 1024 * 1024, max_count=5)
MOST_OPEN = 200
FORM = (
    "name",
    "barcode",
    "product_code",
    "category_id",
    "description",
    "price",
    "min_qty",
    "delay",
)


class S2b2bSupplierPortalProposals(models.AbstractModel):
    """The pages on which a supplier proposes products."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _find_proposals(self, supplier):
        return self.env["s2b2b.product.proposal"].search(
            [("partner_id", "=", supplier.id), ("company_id", "=", self.env.company.id)],
            limit=2 * MOST_OPEN,
        )

    @api.model
    def _get_proposals(self, supplier):
        return [self._prepare_proposal(proposal) for proposal in self._find_proposals(supplier)]

    @api.model
    def _find_proposal(self, supplier, proposal_id):
        """The supplier's own proposal of that number, or nothing."""
        return self.env["s2b2b.product.proposal"].search(
            [
                ("id", "=", proposal_id),
                ("partner_id", "=", supplier.id),
                ("company_id", "=", self.env.company.id),
            ]
        )

    @api.model
    def _prepare_proposal(self, proposal):
        return {
            "id": proposal.id,
            "name": proposal.name,
            "barcode": proposal.barcode or "",
            "product_code": proposal.product_code or "",
            "category": proposal.category_id.display_name or "",
            "category_id": proposal.category_id.id,
            "description": proposal.description or "",
            "price": f"{proposal.price:.12g}" if proposal.price else "",
            "price_text": proposal.currency_id.format(proposal.price),
            "min_qty": f"{proposal.min_qty:.12g}",
            "delay": proposal.delay,
            "state": proposal.state,
            "state_text": self._selection(proposal, "state"),
            "reason": proposal.reason or "",
            "pictures": [{"id": f.id, "name": f.name} for f in proposal.image_ids],
        }

    @api.model
    def _get_categories(self, supplier):
        """(id, name) of the categories in which the supplier may propose."""
        categories = self.env["product.category"].search(Domain.TRUE)
        if allowed := supplier.supplier_category_ids:
            categories = categories.search([("id", "child_of", allowed.ids)])
        return [(category.id, category.display_name) for category in categories]

    @api.model
    def _read_pictures(self, storages):
        """The uploads of a form; of each at most a byte more than is allowed is read."""
        return [
            Upload(storage.filename, storage.stream.read(PICTURES.max_size + 1))
            for storage in storages[: PICTURES.max_count + 1]
            if storage.filename
        ]

    @api.model
    def _save_proposal(self, supplier, contact, proposal, form, pictures):
        """(proposal, {name: sentence} of what is wrong): nothing is written where something is.

        An empty ``proposal`` makes a new one. ``UserError`` where it is no draft any more, or
        where the barcode was proposed already.
        """
        if proposal and proposal.state != "draft":
            raise UserError(self.env._("This proposal was sent already."))
        vals, errors = self._read_proposal(supplier, form)
        if self._is_proposed(supplier, proposal, vals["barcode"]):
            errors["barcode"] = self.env._("You have proposed a product with this barcode already.")
        if problem := self._picture_problem(pictures, proposal):
            errors["pictures"] = problem
        if errors:
            return proposal, errors
        if not proposal:
            self._check_proposal_room(supplier)
            key = {"partner_id": supplier.id, "company_id": self.env.company.id}
            proposal = proposal.create({**vals, **key, "contact_id": contact.id})
        else:
            proposal.write(vals)
        self._add_pictures(proposal, pictures)
        return proposal, {}

    @api.model
    def _check_proposal_room(self, supplier):
        waiting = self._find_proposals(supplier).filtered(
            lambda proposal: proposal.state in ("draft", "submitted")
        )
        if len(waiting) >= MOST_OPEN:
            raise UserError(self.env._("Please wait until we have decided on your proposals."))

    @api.model
    def _is_proposed(self, supplier, proposal, barcode):
        others = self._find_proposals(supplier) - proposal
        waiting = others.filtered(lambda other: other.state in ("draft", "submitted"))
        return bool(barcode) and barcode in waiting.mapped("barcode")

    @api.model
    def _read_proposal(self, supplier, form):
        texts = {name: (form.get(name) or "").strip() for name in FORM}
        figures, codes = parse(texts)
        errors = {name: self._fault_text(code) for name, code in codes.items() if name in texts}
        if not texts["name"]:
            errors["name"] = self.env._("Please fill this in.")
        barcode = self.env["s2b2b.product.proposal"]._clean_barcode(texts["barcode"])
        if barcode and not ean.is_valid(barcode):
            errors["barcode"] = self.env._("This is no GTIN: its check digit is wrong.")
        category = record_number(texts["category_id"])
        if category not in dict(self._get_categories(supplier)):
            category = False
        return {
            "name": texts["name"][:200],
            "barcode": barcode or False,
            "product_code": texts["product_code"][:64] or False,
            "category_id": category,
            "description": texts["description"][:4000] or False,
            "price": float(figures.get("price", 0)),
            "min_qty": float(figures.get("min_qty", 0)),
            "delay": int(figures.get("delay", 1)),
        }, errors

    @api.model
    def _picture_problem(self, pictures, proposal):
        """What is wrong with the pictures; None: nothing."""
        if len(pictures) + len(proposal.image_ids) > PICTURES.max_count:
            return self.env._("Please attach five files at most.")
        if problem := check_uploads(pictures, PICTURES):
            if problem.code == "size":
                return self.env._("%s is larger than 5 MB.", problem.name)
            return self.env["s2b2b.certificate"]._upload_text(problem)
        for picture in pictures:
            try:
                ImageProcess(picture.content, verify_resolution=True)
            except (UserError, ValueError):
                return self.env._("%s is no picture.", safe_name(picture.name))
        return None

    @api.model
    def _add_pictures(self, proposal, pictures):
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": safe_name(picture.name),
                    "raw": picture.content,
                    "mimetype": file_type(picture.content),
                    "res_model": proposal._name,
                    "res_id": proposal.id,
                }
                for picture in pictures
            ]
        )
        if files:
            proposal.image_ids |= files
