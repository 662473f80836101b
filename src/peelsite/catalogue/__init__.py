"""Everything in ``content/`` joined up, finished and frozen, and what follows from it.

Each record holds the records it speaks of, not their ids, so that a template never looks anything
up. ``moved_from`` are the ids that a record had before, in addresses that lead to it still.
"""

from peelsite.catalogue.bodies import Body
from peelsite.catalogue.catalogue import Catalogue, evidence_of
from peelsite.catalogue.changes import (
    Answer,
    Change,
    Changes,
    Held,
    InspectionChange,
    LatestChange,
    Tally,
    changes_between,
)
from peelsite.catalogue.clocks import LAW_BEGAN, PERIOD, Clock, ClockState, due_date
from peelsite.catalogue.events import Event, EventKind, stood_on
from peelsite.catalogue.history import History, histories
from peelsite.catalogue.joining import join
from peelsite.catalogue.records import (
    Claim,
    Correction,
    Difference,
    Finding,
    Gap,
    Inspection,
    Latest,
    NotFound,
    Part,
    Rating,
    Reply,
    Response,
    Update,
)
from peelsite.catalogue.said import Quote, Said, Source, Statement
from peelsite.catalogue.silence import Silence, days_between
from peelsite.catalogue.summary import Coverage, Partly, Rated, Summary, summary_of
from peelsite.catalogue.vocabulary import Asked, Grade, Question, Round, Scale, Term, Theme

__all__ = [
    "LAW_BEGAN",
    "PERIOD",
    "Answer",
    "Asked",
    "Body",
    "Catalogue",
    "Change",
    "Changes",
    "Claim",
    "Clock",
    "ClockState",
    "Correction",
    "Coverage",
    "Difference",
    "Event",
    "EventKind",
    "Finding",
    "Gap",
    "Grade",
    "Held",
    "History",
    "Inspection",
    "InspectionChange",
    "Latest",
    "LatestChange",
    "NotFound",
    "Part",
    "Partly",
    "Question",
    "Quote",
    "Rated",
    "Rating",
    "Reply",
    "Response",
    "Round",
    "Said",
    "Scale",
    "Silence",
    "Source",
    "Statement",
    "Summary",
    "Tally",
    "Term",
    "Theme",
    "Update",
    "changes_between",
    "days_between",
    "due_date",
    "evidence_of",
    "histories",
    "join",
    "stood_on",
    "summary_of",
]
