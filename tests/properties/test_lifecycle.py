import pytest
from s2b2b_supplier.tools.lifecycle import next_status, suspension_verb

STATUSES = ("none", "applicant", "qualified", "conditional", "suspended", "eliminated")
CAUSES = ("manual", "certificate", "validity")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("present", [None, *CAUSES])
@pytest.mark.parametrize("cause", CAUSES)
def test_only_a_decision_takes_over_what_would_end_by_itself(status, present, cause):
    taken = suspension_verb(status, present, cause) == "hold"
    by_itself = status == "suspended" and present in ("certificate", "validity")
    assert taken == (by_itself and cause == "manual")


@pytest.mark.parametrize("status", STATUSES)
def test_suspended_suppliers_are_not_suspended_again_and_others_not_held(status):
    assert (next_status("suspend", status) is None) == (status in ("suspended", "eliminated"))
    assert (next_status("hold", status) == "suspended") == (status == "suspended")
