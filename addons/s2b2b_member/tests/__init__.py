from . import (
    test_credit_exposure,
    test_credit_hold,
    test_credit_race,
    test_credit_request,
    test_evaluation,
    test_installation,
    test_tier_benefits,
    test_tier_review,
)
