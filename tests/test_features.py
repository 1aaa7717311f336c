"""Every scenario as a test of its own, with pytest-bdd; ``test_stories`` runs the same ones in less time."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.long

scenarios(str(REPOSITORY / "features"))
