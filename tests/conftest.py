from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from casefiles.terms import Vocabulary, standard_vocabulary
from engine.rulebook import Rulebook, read_rulebook
from tests.steps import *  # noqa: F403 - steps register themselves in the module that pytest-bdd sees
from tests.workbench import Workbench

# No test asserts a time: on a busy machine any example may take long.
settings.register_profile("anjuan", deadline=None)
settings.load_profile("anjuan")

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep rulebooks apart from those of whoever runs the tests; processes of the tests inherit it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANJUAN_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return read_rulebook()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return standard_vocabulary()


@pytest.fixture
def bench(rulebook: Rulebook) -> Workbench:
    return Workbench(rulebook)


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Any) -> None:
    """A feature speaks of the rule of the same name."""
    request.getfixturevalue("bench").rule = Path(feature.filename).stem
