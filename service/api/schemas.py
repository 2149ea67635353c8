"""What the answers look like, described: the contract's report and problem in marshmallow.

They document; the answers are written by `reports`, which is faster, and a test holds it to the schemas here.
"""

from __future__ import annotations

from marshmallow import Schema, fields

from service.attribution import Construction, ItemRole, OutletEvidence, Resolution, SpeakerType, SpeechType


class SpanSchema(Schema):
    """A stretch of the text as sent: `text[start:end]`, counted in Unicode code points, end exclusive."""

    text = fields.String(required=True)
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)


class TitleSchema(Schema):
    """A headline; without offsets when it came with the request."""

    text = fields.String(required=True)
    start = fields.Integer()
    end = fields.Integer()


class OutletSchema(Schema):
    """Who published an item and what says so; without offsets where the text does not."""

    name = fields.String(required=True)
    evidence = fields.Enum(OutletEvidence, by_value=True, required=True)
    start = fields.Integer()
    end = fields.Integer()


class NewsItemSchema(Schema):
    """One news item of the text."""

    index = fields.Integer(required=True)
    role = fields.Enum(ItemRole, by_value=True, required=True)
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    title = fields.Nested(TitleSchema, required=True, allow_none=True)
    outlet = fields.Nested(OutletSchema, required=True, allow_none=True)
    credits = fields.List(fields.String(), required=True, metadata={"description": "Every party of a credit line."})
    published_at = fields.String(required=True, allow_none=True)


class ContentSchema(Schema):
    """What was said: one span, or several where a quotation is broken."""

    text = fields.String(required=True)
    spans = fields.List(fields.Nested(SpanSchema), required=True)


class SpeakerMentionSchema(Schema):
    """Who said it, and which sieve found out."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    type = fields.Enum(SpeakerType, by_value=True, required=True)
    role = fields.String(required=True, allow_none=True)
    resolution = fields.Enum(Resolution, by_value=True, required=True)


class ViaSchema(SpanSchema):
    """A party that passed the words on."""

    name = fields.String(required=True)


class AttributionSchema(Schema):
    """One answer to *who said what*."""

    id = fields.Integer(required=True)
    article = fields.Integer(required=True, metadata={"description": "Index of its news item."})
    type = fields.Enum(SpeechType, by_value=True, required=True)
    construction = fields.Enum(Construction, by_value=True, required=True)
    rule = fields.String(required=True, metadata={"description": "The lexicon entry that fired; see `GET /v1/lexicon`."})
    cue = fields.Nested(SpanSchema, required=True, allow_none=True)
    source = fields.Nested(SpanSchema, required=True, allow_none=True)
    content = fields.Nested(ContentSchema, required=True)
    speaker = fields.Nested(SpeakerMentionSchema, required=True, allow_none=True)
    via = fields.List(fields.Nested(ViaSchema), required=True, metadata={"description": "Nearest to the reader first."})
    outlet = fields.String(required=True, allow_none=True)
    parent = fields.Integer(required=True, allow_none=True, metadata={"description": "The attribution whose content holds this one."})
    confidence = fields.Float(required=True, metadata={"description": "Estimated precision of this kind of attribution."})


class SpeakerSchema(Schema):
    """Someone quoted, once."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    type = fields.Enum(SpeakerType, by_value=True, required=True)
    roles = fields.List(fields.String(), required=True)
    mentions = fields.List(fields.Nested(SpanSchema), required=True)
    attributions = fields.List(fields.Integer(), required=True)


class ReportSchema(Schema):
    """The answer for one article."""

    id = fields.String(required=True)
    text = fields.String(metadata={"description": "The text that the offsets point into; only where the request was HTML."})
    articles = fields.List(fields.Nested(NewsItemSchema), required=True)
    attributions = fields.List(fields.Nested(AttributionSchema), required=True)
    speakers = fields.List(fields.Nested(SpeakerSchema), required=True)
    versions = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class ErrorSchema(Schema):
    """What is wrong with one place of the request."""

    pointer = fields.String(required=True, metadata={"description": "Where, as a JSON pointer (RFC 6901)."})
    detail = fields.String(required=True)


class ProblemSchema(Schema):
    """What went wrong, as RFC 9457 has it."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    request_id = fields.String(required=True)
    errors = fields.List(fields.Nested(ErrorSchema))


class ReportsSchema(Schema):
    """The answers to a batch, in order."""

    reports = fields.List(fields.Nested(ReportSchema), required=True)
