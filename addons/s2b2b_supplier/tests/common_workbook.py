import io
import struct
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows):
    """The bytes of a workbook with these rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def damaged_workbooks(rows):
    """{what is wrong: the bytes} of workbooks as they come out of broken transfers and hands."""
    whole = workbook(rows)
    return {
        "broken deflate stream": _broken_stream(whole),
        "encrypted entry": _with_flag(whole, 0x1),
        "unknown compression": _with_method(whole, 99),
        "broken XML in the sheet": _replaced(whole, SHEET, b"<worksheet><sheetData><row"),
        "sheet that is no XML": _replaced(whole, SHEET, b"\xff\xfe\x00not XML"),
        "empty sheet": _replaced(whole, SHEET, b""),
        "broken texts": _replaced(whole, "xl/sharedStrings.xml", b"<sst><si>"),
        "cell that is no number": _replaced(
            whole,
            SHEET,
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<sheetData><row r="x"><c r="?"><v>1</v></c></row></sheetData></worksheet>',
        ),
        "cut off": whole[: len(whole) // 2],
    }


def _entry(content, name=SHEET):
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.getinfo(name)


def _broken_stream(content):
    entry = _entry(content)
    start = entry.header_offset + 30 + len(entry.filename)
    size = entry.compress_size
    return content[:start] + b"\xff" * size + content[start + size :]


def _with_flag(content, flag):
    return _patched(content, 6, 8, flag)


def _with_method(content, method):
    return _patched(content, 8, 10, method)


def _patched(content, local, central, value):
    """The two headers of each entry with another 16-bit figure."""
    patched = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = content.find(mark)
        while at >= 0:
            patched[at + offset : at + offset + 2] = struct.pack("<H", value)
            at = content.find(mark, at + 4)
    return bytes(patched)


def _replaced(content, name, text):
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, text if entry.filename == name else source.read(entry))
    return buffer.getvalue()
