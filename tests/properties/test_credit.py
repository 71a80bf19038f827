"""Laws of the credit check."""

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_member.tools.credit import Account, Order, hold_orders, share

amounts = st.integers(1, 1000)
accounts = st.builds(
    Account,
    policy=st.just("limit"),
    limit=st.integers(0, 2000),
    exposure=st.integers(-500, 2500),
    overdue=st.just(0),
)
batches = st.lists(st.tuples(amounts, st.booleans(), st.integers(0, 1)), max_size=8).map(
    lambda rows: [
        Order(i, "m", amount, paid, urgent) for i, (amount, paid, urgent) in enumerate(rows)
    ]
)


@given(batches, accounts)
def test_orders_that_pass_never_exceed_the_limit_together(orders, account):
    held = hold_orders(orders, {"m": account})
    passed = [o for o in orders if o.key not in held and not o.covered]
    if passed:
        assert account.exposure + sum(o.amount for o in passed) <= account.limit


@given(batches, accounts)
def test_what_is_missing_would_have_been_enough(orders, account):
    held = hold_orders(orders, {"m": account})
    for order in orders:
        if order.key in held:
            short = held[order.key].missing
            more = Account("limit", account.limit + short, account.exposure)
            alone = hold_orders([order], {"m": more})
            assert short > 0 and not alone


@given(batches, accounts, st.randoms(use_true_random=False))
def test_order_of_the_batch_does_not_matter(orders, account, random):
    shuffled = list(orders)
    random.shuffle(shuffled)
    assert hold_orders(orders, {"m": account}) == hold_orders(shuffled, {"m": account})


@given(batches, accounts)
def test_paid_orders_and_unchecked_members_always_pass(orders, account):
    held = hold_orders(orders, {"m": account})
    assert not any(o.covered for o in orders if o.key in held)
    unchecked = Account("none", account.limit, account.exposure, overdue=1)
    assert not hold_orders(orders, {"m": unchecked})
    assert not hold_orders(orders, {})


@given(batches, accounts, st.integers(1, 100))
def test_overdue_member_waits_whatever_its_limit(orders, account, overdue):
    rich = Account("limit", 10**9, account.exposure, overdue)
    held = hold_orders(orders, {"m": rich})
    assert all(held[o.key].reason == "overdue" for o in orders if not o.covered)


@given(batches, accounts)
def test_prepaid_is_a_limit_of_nothing(orders, account):
    prepaid = Account("prepaid", account.limit, account.exposure)
    nothing = Account("limit", 0, account.exposure)
    assert hold_orders(orders, {"m": prepaid}) == hold_orders(orders, {"m": nothing})


@st.composite
def histories(draw):
    """Orders of one member, each paid ahead or not, and the batches they are confirmed in."""
    rows = draw(st.lists(st.tuples(amounts, st.booleans(), st.integers(0, 1)), max_size=8))
    limit = draw(st.integers(0, 2000))
    batches = st.lists(st.sampled_from(range(len(rows))), unique=True) if rows else st.just([])
    return rows, limit, draw(st.lists(batches, max_size=6))


@given(histories())
def test_money_for_one_order_never_carries_another_in_any_sequence_of_confirmations(history):
    rows, limit, batches = history
    confirmed = set()
    for batch in batches:
        waiting = [key for key in batch if key not in confirmed]
        # As the books say it: all payments off, less what came for orders not yet confirmed.
        ordered = sum(rows[key][0] for key in confirmed)
        received = sum(amount for amount, paid, _urgent in rows if paid)
        earmarked = sum(a for k, (a, paid, _) in enumerate(rows) if paid and k not in confirmed)
        account = Account("limit", limit, ordered - received + earmarked)
        orders = [
            Order(key, "m", rows[key][0], rows[key][1], rows[key][2], rows[key][0] * rows[key][1])
            for key in waiting
        ]
        held = hold_orders(orders, {"m": account})
        confirmed |= set(waiting) - held.keys()
        assert not any(rows[key][1] for key in held), "what is paid passes"
        unpaid = sum(rows[key][0] for key in confirmed if not rows[key][1])
        assert unpaid <= limit


def test_paid_order_leaves_no_credit_to_the_next_one():
    account = {"m": Account("prepaid", 0, 0)}
    paid, other = Order(1, "m", 5000, covered=True, paid=5000), Order(2, "m", 5000)
    assert set(hold_orders([paid, other], account)) == {2}
    assert set(hold_orders([other], account)) == {2}


def test_part_paid_ahead_needs_credit_for_the_rest():
    order = Order(1, "m", 500, paid=400)
    assert hold_orders([order], {"m": Account("limit", 60, 0)})[1].missing == 40
    assert not hold_orders([order], {"m": Account("limit", 100, 0)})


@given(st.integers(0, 10**6), st.dictionaries(st.integers(), st.integers(1, 10**5), max_size=6))
def test_shares_add_up_and_cover_each_order_just_where_they_cover_all(amount, totals):
    shares = share(amount, totals)
    assert sum(shares.values()) == (amount if totals else 0)
    if amount >= sum(totals.values()):
        assert all(shares[key] >= total for key, total in totals.items())
    else:
        assert any(shares[key] < total for key, total in totals.items())


def test_what_is_worth_nothing_gets_no_share():
    assert share(10, {1: 0, 2: -5, 3: 10}) == {1: 0, 2: 0, 3: 10}
    assert share(10, {1: 0}) == {1: 0}


def test_urgent_order_has_the_credit_first():
    orders = [Order(1, "m", 80), Order(2, "m", 80, priority=1)]
    assert set(hold_orders(orders, {"m": Account("limit", 100, 0)})) == {1}


def test_order_that_does_not_fit_leaves_room_for_a_smaller_one():
    orders = [Order(1, "m", 80), Order(2, "m", 500), Order(3, "m", 20)]
    assert set(hold_orders(orders, {"m": Account("limit", 100, 0)})) == {2}
