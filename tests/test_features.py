from __future__ import annotations

from pytest_bdd import scenarios

from tests.conftest import REPOSITORY

scenarios(str(REPOSITORY / "features"))
