from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SupplierCommon
from .common_workbook import damaged_workbooks, workbook

ROWS = [["code", "price"], ["A1", 5]]


@tagged("post_install", "-at_install", "fast")
class TestWorkbook(SupplierCommon):
    """s2b2b.workbook: whatever an upload is, it is read or refused with a sentence."""

    def _read(self, content, unpacked=10**6):
        return self.env["s2b2b.workbook"]._read_sheet(content, unpacked, 10, 10)

    def test_damaged_files_are_not_read(self):
        for name, content in damaged_workbooks(ROWS).items():
            with self.subTest(damage=name):
                self.assertIsNone(self._read(content))

    def test_import_refuses_damaged_files_with_a_sentence(self):
        imports = self.env["s2b2b.offer.import"]
        for name, content in damaged_workbooks(ROWS).items():
            with self.subTest(damage=name), self.assertRaisesRegex(UserError, "cannot be read"):
                imports._read_table(content)

    def test_far_larger_unpacked_is_refused_before_reading(self):
        with self.assertRaises(OverflowError):
            self._read(workbook(ROWS), unpacked=100)

    def test_whole_file_is_read(self):
        rows = self._read(workbook(ROWS))
        self.assertEqual([row[:2] for row in rows], [("code", "price"), ("A1", 5)])
