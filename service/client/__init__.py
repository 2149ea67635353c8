"""The service from Python: `Client(…).attributions(text)` for one article, `.batch(articles)` for any number, typed answers, patience built in.

Needs `pip install isnad[client]`, and for `frame` `isnad[pandas]`; neither models nor Flask are ever loaded.
"""

from __future__ import annotations

from service.client.client import Client
from service.client.frames import frame
from service.client.problems import Problem, Unreachable
from service.client.reports import Article, Attribution, Content, NewsItem, Outlet, Report, Span, Speaker, SpeakerMention, Title, Via

__all__ = [
    "Article",
    "Attribution",
    "Client",
    "Content",
    "NewsItem",
    "Outlet",
    "Problem",
    "Report",
    "Span",
    "Speaker",
    "SpeakerMention",
    "Title",
    "Unreachable",
    "Via",
    "frame",
]
