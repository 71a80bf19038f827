"""What the tests of the allocation share: builders, the rules re-stated, and an enumerator.

The rules are written from the contract, record by record, and use nothing of the code under test.
"""

import itertools
import math
import random
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from s2b2b_order.tools.allocation import Demand, Offer, Policy, Supplier

TODAY = date(2026, 3, 2)


def demand(key="d", quantity=10, product="p", wanted=None, weight=1):
    return Demand(key, product, quantity, wanted, weight)


def offer(key, supplier="s", price=10, least=0, available=None, lead=None, product="p", pool=None):
    return Offer(key, supplier, product, price, least, available, lead, pool)


def supplier(key="s", fixed=0, capacity=None, bonus=0):
    return Supplier(key, fixed, capacity, bonus)


def taken(plan):
    """Return ``{offer: steps}`` of a plan."""
    total = defaultdict(int)
    for line in plan.assignments:
        total[line.offer] += line.quantity
    return dict(total)


def steps(plan):
    """Return ``{(demand, offer): steps}`` of a plan."""
    return {(line.demand, line.offer): line.quantity for line in plan.assignments}


def assert_sound(plan, instance):
    rules = Rules(*instance)
    assert not rules.broken(steps(plan))
    assert plan.objective == rules.objective(steps(plan))
    assert plan.service == rules.service(steps(plan))
    assert plan.bound <= plan.objective
    assert plan.service <= plan.service_bound


def wholesale_order(seed, lines=10, suppliers=8, sources=8, **policy):
    """Return an order as it is met: every line offered by several suppliers, most with a minimum.

    A supplier has a cost per order and a capacity of a tenth to a half of all that is asked for.
    """
    rng = random.Random(seed)
    demands = [
        demand(line, rng.randint(5, 200), line, TODAY + timedelta(rng.randint(1, 10)))
        for line in range(lines)
    ]
    offers = []
    for line in demands:
        usual = rng.randint(500, 5000)
        for source in rng.sample(range(suppliers), sources):
            offers.append(
                offer(
                    len(offers),
                    source,
                    int(usual * rng.uniform(0.9, 1.15)),
                    least=rng.choice([0, 0, 10, 20, 50]),
                    available=int(line.quantity * rng.uniform(0.2, 1.2)),
                    lead=rng.randint(1, 14),
                    product=line.product,
                )
            )
    total = sum(line.quantity for line in demands)
    sources = [
        supplier(source, rng.randint(2000, 20000), int(total * rng.uniform(0.1, 0.5)))
        for source in range(suppliers)
    ]
    return demands, offers, sources, Policy(**policy)


class Rules:
    """The contract over one instance, for quantities ``{(demand key, offer key): steps}``."""

    def __init__(self, demands, offers, suppliers, policy, today=TODAY):
        self.demands = {record.key: record for record in demands}
        self.offers = {record.key: record for record in offers}
        self.suppliers = {record.key: record for record in suppliers}
        self.policy, self.today = policy, today

    def service(self, quantities):
        return sum(_exact(self.demands[d].weight) * n for (d, _o), n in quantities.items())

    def objective(self, quantities):
        used = {self.offers[o].supplier for (_d, o), n in quantities.items() if n}
        return sum(self.unit_cost(d, o) * n for (d, o), n in quantities.items()) + sum(
            _exact(self.suppliers[key].fixed_cost) for key in used
        )

    def unit_cost(self, demand_key, offer_key):
        policy, chosen = self.policy, self.offers[offer_key]
        wanted, days_late = self.demands[demand_key].wanted, 0
        if wanted is not None and chosen.lead_days is not None:
            days_late = max(0, (self.today + timedelta(chosen.lead_days) - wanted).days)
        return (
            _exact(policy.price_weight) * _exact(chosen.price)
            + _exact(policy.late_cost_per_day) * days_late
            - _exact(policy.grade_weight) * _exact(self.suppliers[chosen.supplier].grade_bonus)
        )

    def broken(self, quantities):
        """Return the names of the rules that the quantities break."""
        of_demand, of_offer, of_pool = defaultdict(int), defaultdict(int), defaultdict(int)
        of_supplier, of_share, sources = defaultdict(int), defaultdict(int), defaultdict(int)
        for (d, o), n in quantities.items():
            chosen = self.offers[o]
            of_demand[d] += n
            of_offer[o] += n
            of_pool[_pool(chosen)] += n
            of_supplier[chosen.supplier] += n
            of_share[chosen.supplier, chosen.product] += n
            sources[d] += bool(n)
        checks = {
            "positive": all(n >= 0 for n in quantities.values()),
            "fit": all(self._fits(d, o) for d, o in quantities),
            "demand": all(n <= self.demands[d].quantity for d, n in of_demand.items()),
            "minimum": all(
                not n or n >= (self.offers[o].min_quantity or 0) for o, n in of_offer.items()
            ),
            "available": all(
                of_pool[_pool(record)] <= _most(record.available) for record in self.offers.values()
            ),
            "capacity": all(
                of_supplier[key] <= _most(record.capacity) for key, record in self.suppliers.items()
            ),
            "share": all(n <= self._share(product) for (_s, product), n in of_share.items()),
            "split": self.policy.split or all(count <= 1 for count in sources.values()),
        }
        return {name for name, holds in checks.items() if not holds}

    def best(self):
        """Return the most service and the least objective with it, by trying every plan."""
        best = (Fraction(0), Fraction(0))
        for choice in itertools.product(*(self._choices(key) for key in self.demands)):
            quantities = {pair: n for part in choice for pair, n in part.items()}
            if not self.broken(quantities):
                best = min(best, (-self.service(quantities), self.objective(quantities)))
        return -best[0], best[1]

    def plans(self):
        """Return how many plans there are to try, those that break a rule included."""
        return math.prod(
            math.comb(self.demands[key].quantity + len(self._usable(key)), len(self._usable(key)))
            for key in self.demands
        )

    def _choices(self, key):
        quantity, usable = self.demands[key].quantity, self._usable(key)
        return [
            {(key, o): n for o, n in zip(usable, choice, strict=True) if n}
            for choice in itertools.product(range(quantity + 1), repeat=len(usable))
            if sum(choice) <= quantity
        ]

    def _usable(self, key):
        return [o for o in self.offers if self._fits(key, o)]

    def _fits(self, d, o):
        chosen = self.offers[o]
        same = chosen.product == self.demands[d].product
        return same and chosen.supplier in self.suppliers and chosen.price is not None

    def _share(self, product):
        if self.policy.max_share is None:
            return math.inf
        total = sum(d.quantity for d in self.demands.values() if d.product == product)
        return math.floor(_exact(self.policy.max_share) * total)


def _exact(value):
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value or 0)


def _pool(record):
    return ("alone", record.key) if record.pool is None else ("pool", record.pool)


def _most(limit):
    return math.inf if limit is None else max(0, limit)
