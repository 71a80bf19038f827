from . import (
    base_partner_merge_automatic_wizard,
    s2b2b_gate_override,
    s2b2b_refusal,
    s2b2b_scorecard_evaluate,
    s2b2b_scorecard_exclude,
    s2b2b_supplier_decision,
    s2b2b_supplier_switch_on,
)
