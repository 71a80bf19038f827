from dateutil.relativedelta import relativedelta

from .common_claims import ClaimCommon


class RectificationCommon(ClaimCommon):
    """Suppliers that were late in a month that is over, and what is asked of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first = cls.today - relativedelta(day=1)
        cls.month = first - relativedelta(months=2), first - relativedelta(months=1, days=1)
        cls.next_month = first - relativedelta(months=1), first - relativedelta(days=1)
        kpis = cls.env["s2b2b.kpi"].search([])
        cls.on_time = cls.env.ref("s2b2b_supplier.kpi_on_time")
        (kpis - cls.on_time).action_archive()
        cls.on_time.write({"minimum_sample": 1, "shrink": False, "target": 1, "floor": 0.5})
        cls.env["s2b2b.supplier.grade"].search([]).write({"rectification": False})
        cls.env.ref("s2b2b_supplier.grade_d").rectification = True
        cls.company.write(
            {
                "s2b2b_start_date": cls.month[0] - relativedelta(years=1),
                "rectification_policy": "draft",
                "rectification_score": 60,
                "rectification_days": 14,
                "rectification_reminder_days": 3,
                "rectification_max_failed": 2,
                "rectification_months": 12,
            }
        )

    @classmethod
    def _delivered(cls, delays, supplier=None, month=None):
        """Orders of tea promised for the middle of a month; days late, or None: never came."""
        promised = (month or cls.month)[0] + relativedelta(day=15)
        for delay in delays:
            order = cls._order(supplier or cls.a, {cls.tea: 10}, promised)
            if delay is not None:
                cls._receive(order, day=promised + relativedelta(days=delay))

    @classmethod
    def _evaluate(cls, supplier=None, month=None):
        suppliers = supplier or cls.a
        return cls.env["s2b2b.scorecard"]._evaluate(suppliers, *(month or cls.month))

    @classmethod
    def _raised(cls, supplier=None):
        """The rectification that a late month has raised."""
        cls._delivered([4, 6], supplier)
        cls._evaluate(supplier)
        return cls.env["s2b2b.rectification"].search(
            [("partner_id", "=", (supplier or cls.a).id), ("state", "=", "draft")]
        )

    @classmethod
    def _issued(cls, supplier=None):
        record = cls._raised(supplier)
        record.action_issue()
        return record

    @classmethod
    def _answer(cls, record, **values):
        contact = cls.env.user.partner_id
        answer = {"root_cause": "One truck.", "action": "A second truck.", **values}
        record._answer(contact, {line.id: answer for line in record.line_ids})

    @classmethod
    def _accepted(cls, supplier=None):
        record = cls._issued(supplier)
        cls._answer(record)
        record.action_accept()
        record._write_guarded({"accepted_date": cls.month[1] + relativedelta(days=5)})
        return record
