"""What a verification of stored results comes to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. `line` is that of the results file, `where` a JSON pointer into the value."""

    line: int
    source: str
    task: str
    where: str
    code: str
    message: str


@dataclass
class Audit:
    """What was verified, and what does not hold.

    `second_opinions` counts claims whose facts hold and whose wording a second model is said to have judged;
    `other_version` counts results made by another version of the library, which may read names and dates differently.
    """

    results: int = 0
    articles: int = 0
    places: int = 0
    claims: int = 0
    unchecked: int = 0
    second_opinions: int = 0
    unverified: int = 0
    other_version: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found to be wrong."""
        return not self.findings

    @property
    def by_code(self) -> dict[str, int]:
        """How many findings there are of each code."""
        return dict(Counter(finding.code for finding in self.findings))
