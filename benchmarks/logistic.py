"""Logistic regression with a ridge, by Newton's method: small sets of few features, fitted without a library."""

from __future__ import annotations

from typing import Any

import numpy as np

STEPS, LEAST = 30, 0.01


def fitted(rows: Any, worth: Any, ridge: float, *, constant: int) -> Any:
    """The weights (features,) that make `worth` likeliest, less the ridge.

    Args:
        rows: what is seen, (examples, features).
        worth: how right each example is, from 0 to 1, (examples,).
        ridge: how much a weight's square costs.
        constant: the column of the constant, whose weight costs hardly anything.

    """
    costs = np.full(rows.shape[1], ridge)
    costs[constant] = LEAST
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - worth) + costs * weights
        weights -= np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(costs), slope)
    return weights
