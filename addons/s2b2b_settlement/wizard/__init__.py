from . import (
    account_payment_register,
    s2b2b_commission_rerate,
    s2b2b_match_release,
    s2b2b_settlement_dispute,
    s2b2b_settlement_generate,
)
