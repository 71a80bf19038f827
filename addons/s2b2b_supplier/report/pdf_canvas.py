"""A canvas that knows at the end of the document how many pages there are."""

from collections.abc import Callable

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

SOFT = colors.HexColor("#6B7785")
RULE = colors.HexColor("#D5DCE3")


class NumberedCanvas(Canvas):
    """Draws the footer of each page once the number of pages is known.

    :param footer: text on the left
    :param pages: text on the right, with ``{page}`` and ``{pages}``
    :param face: gives the font for a text
    """

    def __init__(self, *args, footer: str, pages: str, face: Callable[[str], str], **kwargs):
        super().__init__(*args, **kwargs)
        self._footer, self._pages_text, self._face = footer, pages, face
        self._saved_pages: list[dict] = []

    def showPage(self) -> None:
        """Keep the page until the last one is drawn."""
        self._saved_pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Draw the footers and write the document."""
        for number, page in enumerate(self._saved_pages, 1):
            self.__dict__.update(page)
            self._draw_footer(number, len(self._saved_pages))
            Canvas.showPage(self)
        return super().save()

    def _draw_footer(self, number: int, count: int) -> None:
        left, right, base = 18 * mm, A4[0] - 18 * mm, 11 * mm
        text = self._pages_text.format(page=number, pages=count)
        self.setStrokeColor(RULE)
        self.setLineWidth(0.5)
        self.line(left, base + 4 * mm, right, base + 4 * mm)
        self.setFillColor(SOFT)
        self.setFont(self._face(self._footer), 8)
        self.drawString(left, base, self._footer)
        self.setFont(self._face(text), 8)
        self.drawRightString(right, base, text)
