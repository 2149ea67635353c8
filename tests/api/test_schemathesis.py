"""Requests made up from our own OpenAPI document: none makes the service fail, and every answer is as documented."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from service import create_app
from service.api.desk import counted, desk_with
from service.engine import Engine
from service.extraction import Extractor
from service.settings import Settings
from service.stages import StageClock
from service.weights import Weights
from tests import fakes
from tests.conftest import MODELS

pytestmark = pytest.mark.filterwarnings("ignore")


def application():
    """Return the service with its rules as they are and an annotator that needs no weights."""
    engine = Engine(Extractor(counted(fakes.annotate)), StageClock(), Weights(MODELS, "none", {}))
    return create_app(Settings(log_level="ERROR"), desk_with(Settings(), engine))


@schemathesis.serializer("application/x-ndjson")
def lines(_context, value):
    """Send a made-up string as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


SCHEMA = schemathesis.openapi.from_wsgi("/openapi.json", application())
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@SCHEMA.parametrize()
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_made_up_request_makes_it_fail(case):
    """A thousand requests to each endpoint that takes a body, valid and not: no 5xx, documented statuses, types and shapes."""
    case.call_and_validate(checks=CHECKS)
