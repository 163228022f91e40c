"""The errors that `routes` raises, each a child of the builtin that describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.findings import Finding


_MOST_SHOWN: Final = 400


class RoutesError(Exception):
    """Whatever `routes` raises on purpose."""


class DateError(RoutesError, ValueError):
    """A date is not in the part of EDTF that Waybill reads."""


class CaseNotFoundError(RoutesError, FileNotFoundError):
    """No case stands under that path or built-in name."""


class ExchangeError(RoutesError, ValueError):
    """A file from elsewhere cannot be read, or a case cannot be written as such a file.

    Parameters
    ----------
    file
        Name of the file.
    problem
        What is wrong.
    remedy
        What to do about it.
    where
        Sheet, row and column, or the element; empty for the file as a whole.
    value
        The value found; empty where there is none.
    """

    def __init__(self, file: str, problem: str, remedy: str, *, where: str = "", value: str = "") -> None:
        self.file = file
        self.where = where
        shown = repr(value if len(value) <= 80 else f"{value[:79]}…") if value else ""
        problem = (
            problem if len(problem) <= _MOST_SHOWN else f"{problem[:_MOST_SHOWN]}…"
        )  # a parser may quote all it met
        super().__init__(": ".join(part for part in (file, where, shown, f"{problem}; {remedy}") if part))


class ReportsError(RoutesError, ValueError):
    """Position reports or ports cannot be read; `faults` holds all that is wrong, each with its file and remedy."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        shown = self.faults[:20]
        more = [f"and {len(self.faults) - len(shown)} more"] if len(self.faults) > len(shown) else []
        super().__init__("\n".join([*shown, *more]))

    def __reduce__(self) -> tuple[type[ReportsError], tuple[tuple[str, ...]]]:
        """Keep the faults apart on the way from a worker."""
        return type(self), (self.faults,)


class LimitError(RoutesError, ValueError):
    """A limit is set to what is none; see `routes.limits`."""


class MissingExtraError(RoutesError, ImportError):
    """Something is asked for that an optional package does, and it is not installed."""


class ClusterError(RoutesError, OSError):
    """A cluster cannot be reached, or gave up."""


class CaseFaultsError(RoutesError, ValueError):
    """A case has faults; `findings` holds all of them, each with its place and remedy."""

    def __init__(self, case: str, findings: Sequence[Finding]) -> None:
        self.case = case
        self.findings = tuple(findings)
        faults = [str(finding) for finding in self.findings if finding.is_fault]
        super().__init__(f"{case}: {len(faults)} fault{'s' if len(faults) != 1 else ''}\n" + "\n".join(faults))
