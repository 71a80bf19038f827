from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize

from ..tools.roles import is_role, leaves_admin

MOST_INVITED_A_DAY = 20
MOST_PEOPLE = 100


class S2b2bSupplierPortalPeople(models.AbstractModel):
    """The supplier's own people: who has a login, and with which role."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _find_people(self, supplier):
        """Contacts of the supplier, itself included, that were ever given a role or a login."""
        return (
            self.env["res.partner"]
            .search(
                Domain("id", "child_of", supplier.ids)
                & (Domain("supplier_role", "!=", False) | Domain("user_ids.active", "=", True)),
                limit=2 * MOST_PEOPLE,
            )
            .sorted(lambda contact: (contact.name or "", contact.id))
        )

    @api.model
    def _role(self, contact):
        own = contact == contact.commercial_partner_id
        return contact.supplier_role or ("admin" if own else "viewer")

    @api.model
    def _login_of(self, contact):
        """The active portal user of a contact; staff of ours are none of its people."""
        return contact.user_ids.filtered(lambda user: user.active and user.share)[:1]

    @api.model
    def _get_people(self, supplier, me):
        return [
            {
                "id": contact.id,
                "name": contact.name,
                "email": contact.email or "",
                "role": self._role(contact),
                "role_text": dict(
                    contact._fields["supplier_role"]._description_selection(self.env)
                )[self._role(contact)],
                "state": self._login_state(contact),
                "is_me": contact == me,
            }
            for contact in self._find_people(supplier)
        ]

    @api.model
    def _login_state(self, contact):
        """``active`` (has logged in), ``invited`` or ``closed``.

        An address that has a login elsewhere looks like any other that was invited.
        """
        users = contact.with_context(active_test=False).user_ids.filtered("share")
        if any(user.active and user.login_date for user in users):
            return "active"
        return "closed" if users and not any(users.mapped("active")) else "invited"

    @api.model
    def _get_roles(self):
        selection = self.env["res.partner"]._fields["supplier_role"]
        return selection._description_selection(self.env)

    @api.model
    def _invite(self, supplier, name, email, role, by):
        """Invites a person of the supplier; the answer never tells who has a login elsewhere."""
        name, email = name.strip()[:120], email_normalize(email.strip())
        if not name or not email or not is_role(role):
            raise UserError(self.env._("Please fill in a name, a mail address and a role."))
        people = self._find_people(supplier)
        if email in people.mapped("email_normalized"):
            raise UserError(self.env._("This address belongs to one of your people already."))
        self._check_invitations(supplier, people)
        contact = self.env["res.partner"].create(
            {
                "name": name,
                "email": email,
                "parent_id": supplier.id,
                "supplier_role": role,
                "lang": by.lang,
            }
        )
        self._grant_login(supplier, contact, by)
        return contact

    @api.model
    def _check_invitations(self, supplier, people):
        since = fields.Datetime.now() - timedelta(days=1)
        recent = people.filtered(lambda contact: contact.create_date > since)
        if len(recent) >= MOST_INVITED_A_DAY or len(people) >= MOST_PEOPLE:
            raise UserError(self.env._("You have invited many people. Please call us."))

    @api.model
    def _grant_login(self, supplier, contact, by):
        """Gives a login and sends the invitation; where it cannot, our staff learn why."""
        invitation = (
            self.env["portal.wizard"].create({"partner_ids": [Command.set(contact.ids)]}).user_ids
        )
        values = {"contact": by.name, "person": contact.name, "email": contact.email}
        if invitation.email_state == "ok" and not invitation.is_internal:
            again = invitation.is_portal
            invitation.action_invite_again() if again else invitation.action_grant_access()
            body = self.env._("%(contact)s invited %(person)s (%(email)s).", **values)
        else:
            body = self.env._(
                "%(contact)s invited %(person)s (%(email)s), but this address has a login "
                "elsewhere: no access was given.",
                **values,
            )
        supplier._message_log(body=body)

    @api.model
    def _change_role(self, supplier, contact_id, role, by):
        contact = self._find_person(supplier, contact_id)
        if not is_role(role):
            raise UserError(self.env._("There is no such role."))
        self._check_admin_left(supplier, contact, role)
        contact.supplier_role = role
        supplier._message_log(
            body=self.env._(
                "%(contact)s made %(person)s: %(role)s.",
                contact=by.name,
                person=contact.name,
                role=dict(self._get_roles())[role],
            )
        )

    @api.model
    def _close_login(self, supplier, contact_id, by):
        """Takes the login away at once, keys and open sessions included."""
        contact = self._find_person(supplier, contact_id)
        self._check_admin_left(supplier, contact, None)
        if self._login_state(contact) == "invited":
            contact.supplier_role = False  # gone from the list, whether there was a login or not
        contact.signup_type = None
        user = self._login_of(contact)
        self.env["res.users.apikeys"].search([("user_id", "in", user.ids)]).unlink()
        user.active = False
        supplier._message_log(
            body=self.env._(
                "%(contact)s closed the login of %(person)s.", contact=by.name, person=contact.name
            )
        )

    @api.model
    def _reopen_login(self, supplier, contact_id, by):
        """Gives a person its login back, or sends the invitation again."""
        contact = self._find_person(supplier, contact_id)
        users = contact.with_context(active_test=False).user_ids.filtered("share")
        if users and not users.filtered("active"):
            users[:1].active = True
        self._grant_login(supplier, contact, by)

    @api.model
    def _find_person(self, supplier, contact_id):
        person = self._find_people(supplier).filtered(lambda contact: contact.id == contact_id)
        if not person or any(not user.share for user in person.user_ids):
            raise UserError(self.env._("This person is none of yours."))
        return person

    @api.model
    def _check_admin_left(self, supplier, contact, role):
        """Never without an administrator, not even when two of them act at once.

        The update makes the second of two wait, fail to serialize and look again.
        """
        supplier.flush_recordset()
        self.env.execute_query(
            SQL(
                "UPDATE res_partner SET write_date = write_date WHERE id = %s RETURNING id",
                supplier.id,
            )
        )
        roles = {
            person.id: self._role(person)
            for person in self._find_people(supplier)
            if self._login_of(person)
        }
        if contact.id in roles and not leaves_admin(roles, contact.id, role):
            raise UserError(self.env._("One of you has to stay administrator."))
