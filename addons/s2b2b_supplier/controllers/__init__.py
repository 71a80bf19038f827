from . import (
    application,
    portal,
    portal_catalogue,
    portal_certificates,
    portal_claims,
    portal_rectifications,
    portal_scores,
)
