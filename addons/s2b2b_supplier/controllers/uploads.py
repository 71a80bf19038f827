from ..tools.uploads import Limits, Upload

LIMITS = Limits()


def read_uploads(files):
    """The non-empty files of a form field; of each at most a byte more than is allowed is read."""
    return [
        Upload(storage.filename, storage.stream.read(LIMITS.max_size + 1))
        for storage in files[: LIMITS.max_count + 1]
        if storage.filename
    ]


def read_paper(form, files, kind, prefix=""):
    """A certificate as the application and the portal check and store it."""
    return {
        "type": kind,
        "number": (form.get(f"{prefix}number") or "").strip()[:64],
        "issuer": (form.get(f"{prefix}issuer") or "").strip()[:120],
        "expiry_date": (form.get(f"{prefix}expiry_date") or "").strip(),
        "files": read_uploads(files.getlist(f"{prefix}files")),
    }
