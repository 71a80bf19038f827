from odoo import Command, api, models
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "s2b2b_supplier.application"


class S2b2bQualificationLink(models.AbstractModel):
    """What ties a qualification to its applicant: the signed link, the mails, the portal access."""

    _name = "s2b2b.qualification.link"
    _description = "Link of a Qualification to its Applicant"

    def _application_url(self):
        """The applicant's own page; the link is signed and ends after the company's link days."""
        self.ensure_one()
        hours = 24 * self.company_id.supplier_link_days
        # sudo: signs with the key of the database
        token = hash_sign(self.sudo().env, SCOPE, [self.id], expiration_hours=hours)
        return f"{self.get_base_url()}/supplier/application/{token}"

    @api.model
    def _find_by_token(self, token):
        """The qualification of a link, with superuser rights; empty if forged or expired."""
        try:
            # sudo: checks the signature with the key of the database
            values = verify_hash_signed(self.sudo().env, SCOPE, token)
        except ValueError:  # not a token at all: base64, text or JSON that cannot be read
            values = None
        # sudo: the signature is the applicant's right to see this one application
        return self.sudo().browse(values or ()).exists()

    def _get_applicant_values(self):
        """What the applicant sees behind its link, as plain values: nothing internal."""
        self.ensure_one()
        certificates = self.env["s2b2b.supplier.portal"]._get_certificates(self.partner_id)
        return {
            "name": self.name,
            "company": self.partner_id.name,
            "state": self.state,
            "state_text": self._applicant_state_text(),
            "return_reason": self.state == "returned" and self.return_reason,
            "decision_reason": self.state == "rejected" and self.decision_reason,
            "introduction": self.introduction or "",
            "certificates": certificates,
        }

    def _applicant_state_text(self):
        return {
            "draft": self.env._("Your application has not been sent yet."),
            "submitted": self.env._("We have your application and will review it."),
            "review": self.env._("We are reviewing your application."),
            "returned": self.env._("We need something from you."),
            "audit": self.env._("Your application is being audited."),
            "approved": self.env._("You are approved. Welcome!"),
            "conditional": self.env._("You are approved with conditions. Welcome!"),
            "rejected": self.env._("Your application was rejected."),
            "cancelled": self.env._("Your application was cancelled."),
        }[self.state]

    def _check_resubmission(self, papers):
        """{field: sentence} of what is wrong with the certificates that the applicant sends."""
        applications = self.env["s2b2b.supplier.application"]
        country = self.partner_id.country_id
        problems = {
            f"paper_{paper['type'].id}": applications._check_paper(paper, country)
            for paper in papers
        }
        return {name: problem for name, problem in problems.items() if problem}

    def _resubmit(self, introduction, papers):
        """Takes over what the applicant mended and goes on with the review."""
        applications = self.env["s2b2b.supplier.application"]
        for paper in papers:
            applications._store_certificate(self.partner_id, paper).action_submit()
        self.introduction = introduction.strip()[:2000] or self.introduction
        self.action_submit()

    def _applicant(self):
        return self.contact_id or self.partner_id

    def _mail_applicant(self, template):
        # sudo: mails of the module to the applicant, whoever caused them
        self.env.ref(template).sudo().send_mail_batch(self.ids)

    def _grant_portal_access(self):
        """Invites the applicant's contact to the portal, as administrator of its company."""
        for record in self:
            contact = record._applicant()
            # sudo: the manager who approves gives this access; it needs no right on users
            wizard = self.env["portal.wizard"].sudo()
            wizard = wizard.create({"partner_ids": [Command.set(contact.ids)]})
            invitation = wizard.user_ids
            if invitation.is_portal or invitation.is_internal:
                continue
            if invitation.email_state != "ok":
                record.message_post(
                    body=self.env._(
                        "No portal access yet: %s needs a mail address of its own.", contact.name
                    )
                )
                continue
            # sudo: as above; the role belongs to the access
            contact.sudo().supplier_role = contact.supplier_role or "admin"
            invitation.action_grant_access()
