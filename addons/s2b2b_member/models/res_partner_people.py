from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import email_normalize

STAFF = "s2b2b_member.group_user"
MOST_PEOPLE = 200


class ResPartner(models.Model):
    """The member's own people: their roles and limits, who may log in, and who administers them."""

    _inherit = "res.partner"

    member_contact_ids = fields.One2many(
        "res.partner",
        "parent_id",
        string="People",
        domain=[("type", "=", "contact"), ("is_company", "=", False)],
        groups=STAFF,
    )
    has_member_login = fields.Boolean(
        string="Has Portal Login",
        compute="_compute_has_member_login",
        compute_sudo=True,
        groups=STAFF,
    )

    _member_order_limit_not_negative = models.Constraint(
        "CHECK(member_order_limit >= 0)", "An order limit cannot be negative."
    )

    @api.depends("user_ids.active")
    def _compute_has_member_login(self):
        for partner in self:
            partner.has_member_login = any(user._is_portal() for user in partner.user_ids)

    def action_invite_member(self):
        """Invites these people to the portal, by staff who may change contacts."""
        self.check_access("write")
        if not self.env.user.has_group(STAFF):
            raise UserError(self.env._("Only staff who look after members invite their people."))
        without = self._grant_member_login()
        if without:
            raise UserError(
                self.env._("%s needs a mail address of its own.", ", ".join(without.mapped("name")))
            )
        return True

    def _get_people(self):
        """The people of this member that its administrators see, those with a role first."""
        self.ensure_one()
        people = self.member_contact_ids
        return people.sorted(lambda p: (not p.has_member_login, p.name or "", p.id))

    def _find_person(self, person_id):
        """One of the member's people; empty for anybody else's."""
        return self._get_people().filtered(lambda p: p.id == person_id)

    def _read_role_values(self, form):
        """Role and limit of a form, checked."""
        role = form.get("role") or False
        if role not in {False, *dict(self._selection_member_role())}:
            raise UserError(self.env._("Choose a role."))
        text = str(form.get("limit") or "0").strip().replace(",", ".")
        try:
            limit = float(text)
        except ValueError:
            limit = -1
        if not 0 <= limit < 10**12:
            raise UserError(self.env._("Enter the limit as a number."))
        return {"member_role": role, "member_order_limit": limit}

    def _invite_person(self, form):
        """A new person of this member with its role, invited to the portal."""
        self.ensure_one()
        name, email = str(form.get("name") or "").strip(), email_normalize(form.get("email") or "")
        if not name or not email or len(name) > 120 or len(email) > 120:
            raise UserError(self.env._("Enter the name and the mail address of the person."))
        if len(self.member_contact_ids) >= MOST_PEOPLE:
            raise UserError(self.env._("There are too many people already: ask us."))
        values = self._read_role_values(form)
        if not values["member_role"]:
            raise UserError(self.env._("Choose a role."))
        known = self.member_contact_ids.filtered(lambda p: email_normalize(p.email or "") == email)
        person = known[:1] or self.create(
            {"parent_id": self.id, "name": name, "email": email, "lang": self.lang}
        )
        person.write(values)
        if person._grant_member_login():
            # Whoever invites gets the same answer: nobody learns here who else has a login.
            self._tell_staff_of_login(person)
        return person

    def _tell_staff_of_login(self, person):
        manager = self.env["res.users"]._get_member_manager(self.env.company, self.user_id)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=manager.id,
            summary=self.env._("%s cannot be invited", person.name),
            note=self.env._("%s is the mail address of another login.", person.email),
        )

    def _change_person(self, form):
        """Gives one of the people another role or limit; one administrator always stays."""
        self.ensure_one()
        values = self._read_role_values(form)
        if self.member_role == "admin" and values["member_role"] != "admin":
            self._check_other_admin()
        self.write(values)

    def _close_login(self):
        """The person cannot log in any more; what it has done stays."""
        self.ensure_one()
        if self.member_role == "admin":
            self._check_other_admin()
        self.member_role = False
        wizard = self.env["portal.wizard"].create({"partner_ids": [Command.set(self.ids)]})
        login = wizard.user_ids
        if login.is_portal:
            login.action_revoke_access()

    def _check_other_admin(self):
        others = self.parent_id._get_people() - self
        if not others.filtered(lambda p: p.member_role == "admin" and p.has_member_login):
            raise UserError(self.env._("Somebody has to stay the administrator."))
