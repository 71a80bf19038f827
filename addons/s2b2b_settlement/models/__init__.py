# The mixins come first: a model is built where it is imported, its parents have to exist by then.
from . import (
    s2b2b_reconcile_posting,
    s2b2b_settlement_agreement,
    s2b2b_settlement_amounts,
    s2b2b_settlement_billing,
    s2b2b_settlement_generator,
    s2b2b_settlement_member,
    s2b2b_settlement_netting,
    s2b2b_settlement_statement,
    s2b2b_settlement_supplier,
)

# isort: split
from . import (
    account_bank_statement_line,
    account_journal,
    account_move,
    account_move_line,
    ir_actions_report,
    purchase_order,
    purchase_order_line,
    res_company,
    res_config_settings,
    res_partner,
    res_partner_bank,
    s2b2b_bank_file,
    s2b2b_commission_line,
    s2b2b_commission_rule,
    s2b2b_reconcile_input,
    s2b2b_reconcile_match,
    s2b2b_reconcile_reason,
    s2b2b_reconcile_run,
    s2b2b_settlement,
    s2b2b_settlement_line,
    s2b2b_supplier_grade,
    s2b2b_supplier_portal,
    stock_move,
)
