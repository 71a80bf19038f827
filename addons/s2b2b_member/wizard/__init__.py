from . import (
    base_partner_merge,
    base_partner_merge_tiers,
    loyalty_card_update_balance,
    s2b2b_credit_refusal,
    s2b2b_member_decision,
    s2b2b_points_adjust,
    s2b2b_tier_preview,
    s2b2b_tier_pricelist,
)
