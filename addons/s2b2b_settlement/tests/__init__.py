from . import (
    test_commission,
    test_installation,
    test_settlement_agreement,
    test_settlement_bill,
    test_settlement_generate,
    test_settlement_return,
)
