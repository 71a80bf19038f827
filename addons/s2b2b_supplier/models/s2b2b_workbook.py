import struct
import zlib
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from odoo import api, models

MARK = b"PK\x03\x04"
# What zip archives, their compression and their XML say of damaged, encrypted and odd files:
# SyntaxError is the parent of both XML parsers' errors, RuntimeError of what asks for a password.
DAMAGED = (
    BadZipFile,
    InvalidFileException,
    zlib.error,
    struct.error,
    LZMAError,
    SyntaxError,
    EOFError,
    OSError,
    RuntimeError,
    LookupError,
    ArithmeticError,
    ValueError,
    AttributeError,
    TypeError,
)


class S2b2bWorkbook(models.AbstractModel):
    """Reads the spreadsheets that people outside upload."""

    _name = "s2b2b.workbook"
    _description = "Uploaded Workbook"

    @api.model
    def _is_workbook(self, content):
        return content.startswith(MARK)

    @api.model
    def _read_sheet(self, content, unpacked, rows, columns):
        """The cells of the first sheet, ``rows`` x ``columns`` at most; None: it cannot be read.

        A file of more than ``unpacked`` bytes is refused before it is unpacked: ``OverflowError``.
        """
        try:
            with ZipFile(BytesIO(content)) as archive:
                size = sum(entry.file_size for entry in archive.infolist())
        except DAMAGED:
            return None
        if size > unpacked:
            raise OverflowError
        try:
            book = load_workbook(BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            return list(sheet.iter_rows(values_only=True, max_row=rows, max_col=columns))
        except DAMAGED:
            return None
