"""Cases: what a rule is applied to. Facts only, as of one day, built before any rule is applied."""

from rules.cases.annual_reports import AnnualReportCase
from rules.cases.columns import ColumnCase
from rules.cases.interpretations import DocumentCase, PairedCase
from rules.cases.letters import AnswerCase, LetterCase, LetterUnitCase
from rules.cases.postings import ArrivalsCase, ArticleCase, Gone, PostingCase
from rules.cases.sites import Channel, FrameCase, PageCase, Probe, SiteCase
from rules.cases.subjects import Case
from rules.cases.surveys import ActivityCase, SurveyCase
from rules.cases.units import AccountCase, Comments, PaddingCase, UnitCase

__all__ = [
    "AccountCase",
    "ActivityCase",
    "AnnualReportCase",
    "AnswerCase",
    "ArrivalsCase",
    "ArticleCase",
    "Case",
    "Channel",
    "ColumnCase",
    "Comments",
    "DocumentCase",
    "FrameCase",
    "Gone",
    "LetterCase",
    "LetterUnitCase",
    "PaddingCase",
    "PageCase",
    "PairedCase",
    "PostingCase",
    "Probe",
    "SiteCase",
    "SurveyCase",
    "UnitCase",
]
