"""The container's files: linted, valid, and of one mind with the service about its limits."""

import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from service.settings import PREFIX, Settings
from tests.servers import REPOSITORY

DOCKERFILE = (REPOSITORY / "Dockerfile").read_text("utf-8")
COMPOSE = (REPOSITORY / "compose.yaml").read_text("utf-8")
NGINX = (REPOSITORY / "deploy" / "nginx.conf").read_text("utf-8")
LOCK = (REPOSITORY / "deploy" / "requirements.txt").read_text("utf-8")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
BIN = Path(sys.executable).parent


def served_with(name):
    """Return a number of gunicorn's configuration, asked of a process of its own: it sets up the process that imports it."""
    code = f"from service import serving; print(serving.{name})"
    return int(subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout)


def test_the_dockerfile_passes_its_linter():
    """Hadolint, and shellcheck within it, find nothing."""
    hadolint = shutil.which("hadolint", path=BIN) or shutil.which("hadolint")
    if not hadolint:
        pytest.skip("hadolint is not made for this system")
    done = subprocess.run([hadolint, "Dockerfile"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_compose_follows_its_specification():
    """compose.yaml is what the Compose specification's own schema takes."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_compose_sets_what_there_is_to_set():
    """Every variable that compose.yaml gives the service is a setting of its."""
    known = {PREFIX + field.name.upper() for field in fields(Settings)} | {"ISNAD_DRAIN_SECONDS"}
    given = set(re.findall(r"^ +(ISNAD_\w+):", COMPOSE, re.MULTILINE))
    assert given
    assert given <= known


def test_what_is_started_is_let_finish():
    """The container is given longer to stop than draining and the last requests may take."""
    drain = float(re.search(r'ISNAD_DRAIN_SECONDS: "(\d+)"', COMPOSE)[1])
    assert int(re.search(r"stop_grace_period: (\d+)s", COMPOSE)[1]) >= drain + served_with("graceful_timeout")


def test_nginx_and_the_service_have_the_same_limits():
    """nginx lets through the longest body that the service takes, and as many articles as one worker lets wait."""
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1])
    assert megabytes * 1024 * 1024 == Settings().max_body_bytes
    assert sum(map(int, re.findall(r"max_conns=(\d+)", NGINX))) == Settings().queue_requests
    assert int(re.search(r"proxy_read_timeout (\d+)s;", NGINX)[1]) > Settings().deadline_seconds


def test_threads_are_left_for_health():
    """A worker has more threads than requests may wait in it, or nobody would be there to refuse and to answer /livez."""
    assert served_with("threads") > Settings().queue_requests + 1


def test_the_image_installs_what_the_project_needs():
    """Every dependency, those of the settings' extras too, is locked by hashes, at a version that pyproject.toml admits."""
    locked = {name: Version(version) for name, version in re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE)}
    extras = PROJECT["optional-dependencies"]
    needed = [Requirement(line) for line in (*PROJECT["dependencies"], *extras["redis"], *extras["telemetry"])]
    for requirement in needed:
        if requirement.name != "torch":  # from an index of its own, pinned in pyproject.toml
            assert locked[requirement.name] in requirement.specifier, requirement
    entries = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked)
    assert all("--hash=sha256:" in entry for entry in entries)


def test_torch_is_pinned():
    """torch, which the lock leaves to its own index, is of one version."""
    (torch,) = (line for line in PROJECT["dependencies"] if line.startswith("torch"))
    assert re.fullmatch(r"torch==[\d.]+", torch)
    assert "torch==" not in LOCK
    assert r"torch==" in DOCKERFILE
