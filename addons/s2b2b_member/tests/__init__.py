from . import (
    test_access_rights,
    test_credit_exposure,
    test_credit_hold,
    test_credit_race,
    test_credit_request,
    test_evaluation,
    test_installation,
    test_portal,
    test_tier_benefits,
    test_tier_preview,
    test_tier_prices,
    test_tier_review,
)
