from . import (
    test_access_rights,
    test_commission,
    test_installation,
    test_portal,
    test_races,
    test_settlement_agreement,
    test_settlement_bill,
    test_settlement_cron,
    test_settlement_generate,
    test_settlement_return,
    test_statement,
    test_ui_settlement,
)
