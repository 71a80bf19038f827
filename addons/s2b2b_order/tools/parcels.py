"""Where a parcel can be followed, by the name of its carrier."""

from urllib.parse import quote

TRACKING_PAGES: dict[str, str] = {
    "dhl": "https://www.dhl.com/global-en/home/tracking.html?tracking-id=",
    "dpd": "https://tracking.dpd.de/parcelstatus?query=",
    "fedex": "https://www.fedex.com/fedextrack/?trknbr=",
    "gls": "https://gls-group.com/track/",
    "royal mail": "https://www.royalmail.com/track-your-item#/tracking-results/",
    "sf": "https://www.sf-express.com/we/ow/chn/en/waybill/waybill-detail/",
    "ups": "https://www.ups.com/track?tracknum=",
    "usps": "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
}


def tracking_page(carrier: str, tracking: str) -> str | None:
    """Return the page that follows ``tracking``; None where the carrier is not known.

    >>> tracking_page("DHL Express", "JD 01")
    'https://www.dhl.com/global-en/home/tracking.html?tracking-id=JD%2001'
    """
    name = " ".join(carrier.lower().replace("-", " ").split())
    page = next(
        (url for key, url in TRACKING_PAGES.items() if name == key or name.startswith(key + " ")),
        None,
    )
    return page + quote(tracking.strip()) if page and tracking.strip() else None
