"""What an uploaded file really is, and whether it may come in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_EXTENSIONS: dict[str, frozenset[str]] = {
    "application/pdf": frozenset({"pdf"}),
    "image/png": frozenset({"png"}),
    "image/jpeg": frozenset({"jpg", "jpeg"}),
}
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u202a-\u202e\u2066-\u2069]")
MAX_NAME = 120


@dataclass(frozen=True)
class Upload:
    """A file as it came in: the sender's ``name`` and the bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Limits:
    """``max_size`` in bytes for one file, ``max_count`` files together."""

    max_size: int = 10 * 1024 * 1024
    max_count: int = 5


@dataclass(frozen=True)
class Problem:
    """Why a file is refused: ``code`` is ``count``, ``empty``, ``size``, ``type`` or ``name``."""

    code: str
    name: str = ""


def file_type(content: bytes) -> str | None:
    """The MIME type by the first bytes, or None for anything but PDF, PNG and JPEG.

    >>> file_type(b"%PDF-1.7 ...")
    'application/pdf'
    >>> file_type(b"<svg onload=alert(1)>") is None
    True
    """
    for signature, mimetype in _SIGNATURES:
        if content.startswith(signature):
            return mimetype
    return None


def safe_name(name: str) -> str:
    """The last part of a path, without characters that a file system or a browser acts on.

    >>> safe_name("../../etc/licence.pdf")
    'licence.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    cleaned = _UNSAFE.sub("", last).strip(" .")
    stem, dot, extension = cleaned.rpartition(".")
    return f"{stem[:MAX_NAME]}{dot}{extension}" if dot else cleaned[:MAX_NAME]


def check_uploads(uploads: list[Upload], limits: Limits = Limits()) -> Problem | None:
    """The first problem with a set of files, or None.

    The content decides over the type, and the extension of the name has to say the same.
    """
    if len(uploads) > limits.max_count:
        return Problem("count")
    for upload in uploads:
        if code := _problem(upload, limits):
            return Problem(code, safe_name(upload.name))
    return None


def _problem(upload: Upload, limits: Limits) -> str | None:
    if not upload.content:
        return "empty"
    if len(upload.content) > limits.max_size:
        return "size"
    mimetype = file_type(upload.content)
    if mimetype is None:
        return "type"
    extension = safe_name(upload.name).rpartition(".")[2].lower()
    return None if extension in _EXTENSIONS[mimetype] else "name"
