from . import (
    s2b2b_bank_import,
    s2b2b_commission_rerate,
    s2b2b_settlement_dispute,
    s2b2b_settlement_generate,
)
