"""The HTML report: one self-contained file in which each claim lights up the sentences it rests on."""

from summarizer.views.html.report import render_html

__all__ = ["render_html"]
