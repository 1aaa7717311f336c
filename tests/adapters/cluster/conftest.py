from __future__ import annotations

import pytest

from adapters.cluster.shipping import Parcel, packed
from engine.rulebook import FOLDER
from tests.adapters.cluster.cases import RULES


@pytest.fixture(scope="session")
def parcel() -> Parcel:
    return packed(FOLDER, RULES)
