"""XML from outside: parsed without entities, document types or network, and read by plain paths."""

from functools import cache

from lxml import etree

from .errors import BankFileError

Element = etree._Element

_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


def parse(content: bytes) -> Element:
    """Return the root of an XML document; raise :class:`BankFileError` if it is none or unsafe."""
    if any(doctype in content for doctype in _DOCTYPES):
        raise BankFileError("doctype")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise BankFileError("not_xml", line=error.lineno or 1, detail=error.msg) from error
    if root.getroottree().docinfo.doctype:
        raise BankFileError("doctype")
    return root


def name_of(element: Element) -> tuple[str, str]:
    """Return namespace and local name of an element."""
    qualified = etree.QName(element)
    return qualified.namespace or "", qualified.localname


@cache
def _qualified(path: str) -> str:
    return "/".join(f"{{*}}{step}" for step in path.split("/"))


def child(element: Element, *paths: str) -> Element | None:
    """Return the first element on the first of the ``paths`` that leads anywhere."""
    for path in paths:
        found = element.find(_qualified(path))
        if found is not None:
            return found
    return None


def children(element: Element, path: str) -> list[Element]:
    """Return all elements on ``path``, in the order of the document."""
    return element.findall(_qualified(path))


def text(element: Element, *paths: str) -> str | None:
    """Return the first text on ``paths`` that is not blank, its white space as single spaces."""
    return next((value for path in paths for value in texts(element, path)), None)


def texts(element: Element, path: str) -> list[str]:
    """Return all texts on ``path`` that are not blank."""
    found = (" ".join((node.text or "").split()) for node in children(element, path))
    return [value for value in found if value]
