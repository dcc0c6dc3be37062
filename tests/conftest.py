"""What every test stands on: no network beyond this machine, and the places of things."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent
sys.path.insert(0, str(TESTS / "offline"))
import sitecustomize  # noqa: E402, F401  blocks the network for the whole run, imports included

ROOT = TESTS.parent

settings.register_profile("policy-qa", deadline=None)  # times belong to a machine, not to a test
settings.load_profile("policy-qa")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real reports that are not part of the repository; the environment names their folder."""
    place = os.environ.get("POLICY_QA_SHARED")
    if not place:
        pytest.skip("POLICY_QA_SHARED names no folder of real reports")
    return Path(place)


@pytest.fixture(scope="session")
def offline_environment() -> dict[str, str]:
    """The environment of a process that has default settings and reaches nothing but this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLICY_QA_")}
    return kept | {"PYTHONPATH": str(TESTS / "offline"), "PYTHONUTF8": "1"}
