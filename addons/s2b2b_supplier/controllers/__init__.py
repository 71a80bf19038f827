from . import (
    api,
    api_supplier,
    application,
    portal,
    portal_catalogue,
    portal_certificates,
    portal_company,
    portal_import,
    portal_keys,
    portal_proposals,
    portal_statistics,
)
