from . import (
    application,
    portal,
    portal_catalogue,
    portal_certificates,
    portal_import,
    portal_proposals,
)
