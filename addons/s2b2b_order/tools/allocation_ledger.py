"""A plan in the making: what is taken so far, and the room that leaves."""

from collections.abc import Sequence

from .allocation_problem import Problem


class Ledger:
    """What has been taken so far, and the room that leaves."""

    def __init__(self, problem: Problem, quantities: Sequence[int] = ()) -> None:
        """Start from ``quantities`` taken, or from nothing."""
        self.problem = problem
        self.quantity = [0] * len(problem.pairs)
        self.taken = [0] * len(problem.offers)
        self.open = [demand.quantity for demand in problem.demands]
        self.room = [limit.most for limit in problem.limits]
        self.given = [0] * len(problem.suppliers)
        for pair, steps in enumerate(quantities):
            if steps:
                self.add(pair, steps)

    def add(self, pair: int, steps: int) -> None:
        """Take ``steps`` more of a pair, or give them back where negative."""
        demand, offer = self.problem.pairs[pair].demand, self.problem.pairs[pair].offer
        self.quantity[pair] += steps
        self.taken[offer] += steps
        self.open[demand] -= steps
        self.given[self.problem.supplier_of[offer]] += steps
        for limit in self.problem.limits_of_offer[offer]:
            self.room[limit] -= steps

    def hand_over(self, pair: int, offer: int, steps: int) -> None:
        """Serve ``steps`` of a pair from another offer, or back where negative."""
        demand = self.problem.pairs[pair].demand
        self.add(pair, -steps)
        self.add(self.problem.pair_at[demand, offer], steps)

    def space(self, offer: int) -> int:
        """Return how much more an offer could give; negative where a limit is exceeded."""
        space = self.problem.most[offer] - self.taken[offer]
        return min([space, *(self.room[limit] for limit in self.problem.limits_of_offer[offer])])

    def fixed_costs(self, *suppliers: int) -> int:
        """Return the fixed costs of those of the suppliers that are used."""
        return sum(self.problem.costs.fixed[index] for index in set(suppliers) if self.given[index])
