from odoo import api, models

MANAGER = "s2b2b_member.group_manager"


class ResUsers(models.Model):
    """Who of those who manage members is on duty."""

    _inherit = "res.users"

    @api.model
    def _get_member_manager(self, company, preferred=None):
        """Whoever decides for ``company`` now: ``preferred`` if on duty, else the least busy one.

        On duty is who has access to the company and is not out of office; where all are away,
        whoever has access.

        :param preferred: the account manager, who counts where it manages members
        :return: one user, or an empty recordset: nobody decides for this company
        """
        # sudo: the public and the portal ask for decisions; who gets them is not shown to them
        group = self.env.ref(MANAGER).sudo()
        managers = group.all_user_ids.filtered(
            lambda user: not user.share and company in user.company_ids
        )
        present = managers.filtered(lambda user: not user.is_out_of_office) or managers
        if preferred and preferred in present:
            return preferred
        activities = self.env["mail.activity"].sudo()  # sudo: counts only
        groups = activities._read_group([("user_id", "in", present.ids)], ["user_id"], ["__count"])
        busy = {user.id: count for user, count in groups}
        return present.sorted(lambda user: (busy.get(user.id, 0), user.id))[:1]
