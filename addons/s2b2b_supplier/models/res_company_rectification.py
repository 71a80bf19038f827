from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    rectification_policy = fields.Selection(
        [("off", "By Hand"), ("draft", "Proposed by Grades"), ("issue", "Issued by Grades")],
        string="Rectifications",
        default="off",
        required=True,
        help="What a closed period does whose grade asks for rectification.",
    )
    rectification_score = fields.Float(
        string="Weak Below",
        default=60.0,
        help="Measures that score less are to be put right; a later scorecard has to reach it.",
    )
    rectification_days = fields.Integer(string="Days to Answer", default=14)
    rectification_reminder_days = fields.Integer(string="Reminder before Due Date", default=3)
    rectification_max_failed = fields.Integer(
        string="Failed Rectifications",
        default=2,
        help="So many failed ones within the months, and the supplier's elimination is proposed.",
    )
    rectification_months = fields.Integer(string="Failed Within", default=12)

    _rectification_positive = models.Constraint(
        "CHECK(rectification_days > 0 AND rectification_reminder_days >= 0"
        " AND rectification_max_failed > 0 AND rectification_months > 0"
        " AND rectification_score BETWEEN 0 AND 100)",
        "Rectification: days, numbers and months are above 0, the score is from 0 to 100.",
    )
