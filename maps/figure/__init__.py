"""Drawing a case as a static figure: SVG, PDF or PNG at a size in millimetres.

`maps.figure` is the function that does it. As the package bears the same name and Python puts a package into its
parent once it is imported, the package itself can be called too and does the same.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Verb(ModuleType):
    """A package that can be called like the function whose name it bears."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - those of `figure`
        from maps.figure.make import figure  # noqa: PLC0415 - matplotlib loads only once a figure is drawn

        return figure(*arguments, **options)


sys.modules[__name__].__class__ = _Verb
