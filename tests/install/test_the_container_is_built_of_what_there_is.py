"""Dockerfile, compose.yaml and .dockerignore: parsed, and held to the project they are for."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from mockserver.cli.commands import commands
from mockserver.settings import Settings, environment_of

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
DEPLOYED: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())


def _instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile in their order, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = text.replace("\\\n", "").splitlines()
    parted = (line.partition(" ") for line in lines if line.strip())
    return [(word, " ".join(rest.split())) for word, _, rest in parted]


def _last(word: str) -> str:
    return [said for each, said in _instructions() if each == word][-1]


def test_the_image_is_slim_of_a_named_version_that_we_support() -> None:
    images = [said.split()[0] for word, said in _instructions() if word == "FROM"]
    for image in images:
        version = re.fullmatch(r"python:3\.(\d+)-slim", image)
        assert version, image
        assert int(version[1]) >= int(PROJECT["project"]["requires-python"].removeprefix(">=3."))
    assert len(set(images)) == 1


def test_nothing_runs_as_root() -> None:
    words = [word for word, _ in _instructions()]
    assert _last("USER") == "10001:10001"
    assert words.index("USER") > max(n for n, word in enumerate(words) if word == "RUN")
    assert DEPLOYED["x-mockserver"]["user"] == _last("USER")


def test_it_starts_the_server_by_a_call_that_there_is() -> None:
    entry, arguments = json.loads(_last("ENTRYPOINT")), json.loads(_last("CMD"))
    assert entry == ["mockserver"]
    assert entry[0] in PROJECT["project"]["scripts"]
    serve = commands.get_command(click.Context(commands), arguments[0])
    assert serve is not None
    with click.Context(serve) as context:
        serve.make_parser(context).parse_args(arguments[1:])
    assert _last("EXPOSE") == str(Settings().port)


def test_its_health_is_asked_where_the_server_answers() -> None:
    command = json.loads(_last("HEALTHCHECK").partition("CMD ")[2])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "HEALTHCHECK", "exec")
    assert f"http://127.0.0.1:{Settings().port}/__admin/health" in command[2]


def _ignored() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_all_that_the_wheel_is_made_of_reaches_the_build() -> None:
    targets = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    project = PROJECT["project"]
    needed = {*targets["packages"], *targets["force-include"], "pyproject.toml", "constraints.txt"}
    needed |= {project["readme"], *project["license-files"]}
    assert _ignored()[0] == "*"
    assert {line[1:] for line in _ignored() if line.startswith("!")} == needed
    assert [name for name in needed if not (ROOT / name).exists()] == []


def test_compose_serves_the_api_to_a_frontend_that_waits_for_it() -> None:
    api, frontend = COMPOSE["services"]["api"], COMPOSE["services"]["frontend"]
    assert (api["build"], api["pull_policy"]) == (".", "build")
    assert api["image"] == DEPLOYED["x-mockserver"]["image"]
    known = {environment_of(name) for name in Settings.__dataclass_fields__}
    assert api["environment"].keys() <= known
    assert frontend["environment"]["MOCKSERVER_URL"] == f"http://api:{Settings().port}"
    assert frontend["depends_on"] == {"api": {"condition": "service_healthy"}}


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_compose_opens_ports_to_this_machine_alone(service: str) -> None:
    for port in COMPOSE["services"][service]["ports"]:
        assert port.startswith("127.0.0.1:")


def test_every_place_a_service_mounts_is_there() -> None:
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).is_dir()
