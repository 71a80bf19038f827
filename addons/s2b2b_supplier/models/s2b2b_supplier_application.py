from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools.application import check, clean, record_number, tax_number_keys
from ..tools.uploads import Limits, Upload, check_uploads, file_type, safe_name

MAX_AN_HOUR = 5
LIMITS = Limits()


class S2b2bSupplierApplication(models.AbstractModel):
    """What the public application form does; everything is checked before anything is stored."""

    _name = "s2b2b.supplier.application"
    _description = "Public Supplier Application"

    @api.model
    def _read_paper(self, kind, form, files, prefix=""):
        """A certificate of a form, as it is checked and stored; ``files`` come with the request.

        Of each file at most a byte more than is allowed is read, of all of them at most one more
        than are allowed: enough to refuse them.
        """
        storages = [storage for storage in files.getlist(f"{prefix}files") if storage.filename]
        return {
            "type": kind,
            "number": (form.get(f"{prefix}number") or "").strip()[:64],
            "issuer": (form.get(f"{prefix}issuer") or "").strip()[:120],
            "expiry_date": (form.get(f"{prefix}expiry_date") or "").strip(),
            "files": [
                Upload(storage.filename, storage.stream.read(LIMITS.max_size + 1))
                for storage in storages[: LIMITS.max_count + 1]
            ],
        }

    @api.model
    def _check_form(self, form, papers):
        """Cleaned values and {field: sentence} of what is wrong with a form and its papers.

        ``papers`` are dicts with ``type`` (a certificate type), ``number``, ``issuer``,
        ``expiry_date`` and ``files``, a list of ``Upload``.
        """
        values = clean(form)
        errors = {name: self._error_text(code) for name, code in check(values).items()}
        country = self.env["res.country"].browse(record_number(values["country_id"])).exists()
        if not country:
            errors.setdefault("country_id", self._error_text("format"))
        elif "vat" not in errors:
            errors.update(self._check_tax_number(values["vat"], country))
        for paper in papers:
            if problem := self._check_paper(paper, country):
                errors[f"paper_{paper['type'].id}"] = problem
        return values, errors

    @api.model
    def _error_text(self, code):
        return {
            "missing": self.env._("Please fill this in."),
            "long": self.env._("This is too long."),
            "format": self.env._("This does not look right."),
        }[code]

    @api.model
    def _check_paper(self, paper, country):
        """What is wrong with one certificate of a company in ``country``; None: nothing."""
        certificates = self.env["s2b2b.certificate"]
        if problem := check_uploads(paper["files"]):
            return certificates._upload_text(problem)
        if not paper["number"]:
            return self.env._("The number is missing.")
        if not paper["files"]:
            return self.env._("Please attach the document.")
        if paper["type"].expires and not self._future_date(paper["expiry_date"]):
            return self.env._("The expiry date is missing or has passed.")
        partner = self.env["res.partner"].new({"country_id": country.id})
        try:
            paper["type"]._validate_number(paper["number"], partner)
        except ValidationError as error:
            return str(error)
        return None

    @api.model
    def _check_tax_number(self, number, country):
        """{"vat": sentence}, or {} where the number is right or cannot be checked."""
        kind = self.env["s2b2b.certificate.type"].new({"number_format": "national"})
        kind.name = self.env._("tax number")
        try:
            kind._validate_number(number, self.env["res.partner"].new({"country_id": country.id}))
        except ValidationError as error:
            return {"vat": str(error)}
        return {}

    @api.model
    def _future_date(self, text):
        try:
            day = fields.Date.to_date(text or None)
        except ValueError:
            return None
        return day if day and day >= fields.Date.context_today(self) else None

    @api.model
    def _submit(self, values, papers, address):
        """Stores an application that ``_check_form`` passed; returns the qualification or None.

        None: somebody applied with this tax number already. The sender is told the same in both
        cases, so that nobody learns who is a supplier; staff find a note on the open application.
        """
        # sudo: the public has no rights of its own; what comes in was checked by the caller
        self = self.sudo()
        country = self.env["res.country"].browse(int(values["country_id"]))
        same = self._find_same_tax_number(values["vat"], country)
        running = self.env["s2b2b.qualification"].search(
            [
                ("partner_id", "in", same.ids),
                ("state", "in", ["submitted", "review", "returned", "audit"]),
            ],
            limit=1,
        )
        if running:
            running._note_sent_again(values)
            return None
        # Two calls: core gives no rights away to records that are created through a partner.
        partner = self.env["res.partner"].create(self._prepare_partner_vals(values, country))
        contact = partner.create(self._prepare_contact_vals(values, partner))
        qualification = self.env["s2b2b.qualification"].create(
            self._prepare_qualification_vals(values, contact, address)
        )
        for paper in papers:
            self._store_certificate(partner, paper).action_submit()
        qualification.action_submit()
        qualification._mail_applicant("s2b2b_supplier.mail_qualification_received")
        return qualification

    @api.model
    def _store_certificate(self, partner, paper):
        """Creates the certificate of a checked paper as a draft, with its files."""
        files = [Command.create(self._prepare_file_vals(upload)) for upload in paper["files"]]
        # sudo: suppliers have no right to create; the caller has checked whose this is
        certificates = self.env["s2b2b.certificate"].sudo()
        return certificates.create(
            {
                "partner_id": partner.id,
                "type_id": paper["type"].id,
                "number": paper["number"],
                "issuer": paper["issuer"],
                "expiry_date": paper["expiry_date"] if paper["type"].expires else False,
                "attachment_ids": files,
            }
        )

    @api.model
    def _prepare_file_vals(self, upload: Upload):
        return {
            "name": safe_name(upload.name),
            "raw": upload.content,
            "mimetype": file_type(upload.content),
        }

    @api.model
    def _prepare_partner_vals(self, values, country):
        return {
            "name": values["company_name"],
            "is_company": True,
            "vat": values["vat"],
            "country_id": country.id,
            "email": values["email"],
            "lang": self.env.lang,
            **{name: values[name] for name in ("phone", "street", "zip", "city", "website")},
        }

    @api.model
    def _prepare_contact_vals(self, values, partner):
        return {
            "parent_id": partner.id,
            "name": values["contact_name"],
            "email": values["email"],
            "phone": values["phone"],
            "lang": self.env.lang,
        }

    @api.model
    def _prepare_qualification_vals(self, values, contact, address):
        return {
            "partner_id": contact.parent_id.id,
            "contact_id": contact.id,
            "introduction": values["introduction"],
            "applicant_address": address,
        }

    @api.model
    def _is_flooded(self, address):
        """Whether this network address has sent more forms than anybody needs to."""
        since = fields.Datetime.now() - timedelta(hours=1)
        # sudo: counts only; the public may not read attempts
        attempts = self.env["s2b2b.application.attempt"].sudo()
        recent = [("address", "=", address), ("attempted_on", ">", since)]
        return attempts.search_count(recent) >= MAX_AN_HOUR

    @api.model
    def _count_attempt(self, address):
        """Counts a form that is about to be stored or noted, whatever becomes of it."""
        # sudo: the public has no rights of its own; a hash and the time are all that is kept
        attempts = self.env["s2b2b.application.attempt"].sudo()
        attempts.create({"address": address, "attempted_on": fields.Datetime.now()})

    @api.model
    def _find_same_tax_number(self, number, country, without=None):
        """Companies with this tax number, however it was written."""
        partners = self.env["res.partner"]
        keys = tax_number_keys(number or "", country.code or "")
        if not keys:
            return partners
        self.env["res.partner"].flush_model(["vat", "parent_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE vat IS NOT NULL AND parent_id IS NULL"
                " AND regexp_replace(upper(vat), '[^A-Z0-9]', '', 'g') IN %s ORDER BY id",
                tuple(keys),
            )
        )
        return partners.browse(row[0] for row in rows) - (without or partners)
