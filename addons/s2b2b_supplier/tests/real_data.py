"""Real purchases as plain rows: excerpts that come with the module, or the whole files."""

import csv
import gzip
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "data"
FORMATS = ("%d-%b-%y", "%m/%d/%y", "%m/%d/%Y")


@dataclass(frozen=True)
class Row:
    """A purchase line: what was promised for when, and what came of it (``arrived``: or never)."""

    vendor: str
    order: str
    product: str
    ordered: float
    promised: date
    arrived: date | None
    received: float
    rejected: float = 0.0


def shipments(known_on):
    """Lines of the SCMS project that were scheduled up to a day, as they were known on it."""
    name = os.environ.get("S2B2B_SCMS_CSV") or FOLDER / "scms_delivery_excerpt.csv"
    rows = [_shipment(line, known_on) for line in _read(Path(name))]
    return [row for row in rows if row.promised <= known_on]


def purchases():
    """Completed purchase lines of AdventureWorks; the day of arrival is not in the file."""
    folder = os.environ.get("S2B2B_ADVENTUREWORKS")
    lines = (
        _join(Path(folder)) if folder else _read(FOLDER / "adventureworks_purchases_excerpt.csv")
    )
    return [_purchase(line) for line in lines]


def _read(file):
    if file.suffix == ".gz":
        with gzip.open(file, "rt", encoding="utf-8", errors="replace", newline="") as stream:
            return list(csv.DictReader(stream))
    with file.open(encoding="utf-8", errors="replace", newline="") as stream:
        return list(csv.DictReader(stream))


def _shipment(line, known_on):
    arrived = _day(line["delivered to client date"])
    quantity = float(line["line item quantity"])
    came = arrived <= known_on
    return Row(
        vendor=line["vendor"],
        order=f"{line['po / so #']} {line['asn/dn #']}",
        product=line["item description"],
        ordered=quantity,
        promised=_day(line["scheduled delivery date"]),
        arrived=arrived if came else None,
        received=quantity if came else 0,
    )


def _day(text):
    for layout in FORMATS:
        try:
            return datetime.strptime(text, layout).date()
        except ValueError:
            continue
    raise ValueError(text)


def _join(folder):
    vendors = {v["BusinessEntityID"]: v["Name"] for v in _read(folder / "Vendor.csv")}
    complete = {
        head["PurchaseOrderID"]: vendors[head["VendorID"]]
        for head in _read(folder / "PurchaseOrderHeader.csv")
        if head["Status"] == "4"
    }
    return [
        {**line, "Vendor": complete[line["PurchaseOrderID"]]}
        for line in _read(folder / "PurchaseOrderDetail.csv")
        if line["PurchaseOrderID"] in complete
    ]


def _purchase(line):
    due = datetime.strptime(line["DueDate"][:10], "%Y-%m-%d").date()
    return Row(
        vendor=line["Vendor"],
        order=line["PurchaseOrderID"],
        product=line["ProductID"],
        ordered=float(line["OrderQty"]),
        promised=due,
        arrived=due,
        received=float(line["ReceivedQty"]),
        rejected=float(line["RejectedQty"]),
    )
