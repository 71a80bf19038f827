from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestSupplierGrades(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.grades = self.env["s2b2b.supplier.grade"].search([])

    def test_shipped_grades_cover_everything(self):
        self.assertEqual(
            [(g.name, g.low, g.high) for g in self.grades],
            [("A", 85, 100), ("B", 70, 85), ("C", 50, 70), ("D", 0, 50)],
        )

    def test_edges_belong_to_the_grade_that_begins_there(self):
        bands = self.grades._prepare_bands()
        for value, name in (
            (0, "D"),
            (49.9, "D"),
            (50, "C"),
            (69.99, "C"),
            (70, "B"),
            (85, "A"),
            (100, "A"),
            (None, None),
        ):
            with self.subTest(value=value):
                grade = self.grades.browse(self.grades._find_grade(value, bands) or ())
                self.assertEqual(grade.name or None, name)

    def test_moving_a_border_moves_both_sides(self):
        self.grades[0].low = 90
        self.assertEqual(self.grades[1].high, 90)

    def test_gap_at_the_bottom_is_refused(self):
        with self.assertRaises(ValidationError):
            self.grades[-1].low = 10
        with self.assertRaises(ValidationError):
            self.grades[-1].action_archive()
        with self.assertRaises(ValidationError):
            self.grades[-1].unlink()

    def test_empty_and_outside_bands_are_refused(self):
        for low in (70, 100, 101, -1):
            with self.subTest(low=low), self.assertRaises(ValidationError):
                self.grades.create({"name": "X", "low": low})

    def test_grade_between_may_come_and_go(self):
        extra = self.grades.create({"name": "A+", "low": 95})
        self.assertEqual(self.grades[0].high, 95)
        extra.unlink()
        self.assertEqual(self.grades._prepare_bands()[-1].high, 100)


@tagged("post_install", "-at_install")
class TestSupplierKpis(SupplierCommon):
    def test_criterion_that_cannot_be_scored_is_refused(self):
        kpi = self.env["s2b2b.kpi"].search([("key", "=", "on_time")])
        for vals in ({"weight": 0}, {"weight": -1}, {"target": 0.1}, {"minimum_sample": -1}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                kpi.write(vals)
