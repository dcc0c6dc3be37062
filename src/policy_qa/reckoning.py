"""Reckoning: what is computed for a question, judged of what it states, and told where nothing is computed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.conflicts import rivals_of
from policy_qa.auditing.asked import wants_verdict
from policy_qa.computing.answers import compute, compute_framed, reckon_given
from policy_qa.computing.averages import judge_average
from policy_qa.computing.claim_parts import judge_parts
from policy_qa.computing.claimed import claims_in, judge
from policy_qa.computing.frames import frame_of
from policy_qa.computing.operands import name_of
from policy_qa.computing.operations import NOT_COMPUTED, read_operation
from policy_qa.computing.phrasing import END_GIVEN
from policy_qa.computing.rankings import read_ranking
from policy_qa.computing.remainders import answer_rest, leaves_limit_out
from policy_qa.computing.sides import Words
from policy_qa.computing.stated import answer_end
from policy_qa.computing.told_changes import judge_told_change
from policy_qa.computing.told_values import judge_told, states_one_value
from policy_qa.computing.values import Lookup, Sources
from policy_qa.finding import Finder, Found, merged_hits
from policy_qa.language.claims import read_claim
from policy_qa.language.normalize import search_key
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.vocabulary import spelt_out
from policy_qa.telling import Decision, Teller
from policy_qa.types import Answer, Question, Refusal

if TYPE_CHECKING:
    from policy_qa.answering.readings import TableKeys
    from policy_qa.computing.asserted import Claimed
    from policy_qa.figures.figure import Figure, FigureLookup
    from policy_qa.types import Document, Outcome, Span
    from policy_qa.understanding import Query

FEWEST_ORDERED = 3
PAIR = 2
TAKEN_OFF = "减"
BEGINNING = 2
"""So many characters of a name say it where parts are told: 自治区级 as 自治区."""
LEFT_OVER = re.compile("以外|之外|其余|其他|剩余|除|余下|尚|未完成")


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Computes and judges, for one question, from what `finder` finds, `teller` tells and the `figures` of the catalog.

    What it was told, and its verdicts, it keeps, by what was found: the readings of a question look much the same up.
    """

    finder: Finder
    teller: Teller
    figures: FigureLookup
    _told: dict[int, tuple[Found, Decision]] = field(default_factory=dict)
    _verdicts: dict[int, tuple[Found, Decision | None]] = field(default_factory=dict)
    _looked_up: dict[tuple[str, str, int], tuple[Found, Lookup]] = field(default_factory=dict)

    def decide(self, found: Found) -> Decision:
        """What is computed, however the question is read, else what is told."""
        judged = self.judge(found)
        if judged is None or (isinstance(judged.outcome, Refusal) and _states_nothing(found.query)):
            judged = self.compute(found) or judged
        if judged is not None and isinstance(judged.outcome, Answer):
            return judged
        framed = self._framed(found, stated_first=False)
        if framed is not None:
            return framed
        ended = None if judged is None else answer_end(found.query, found.fitting, self.finder.word_weight)
        if ended is not None:
            return Decision(ended, messages.WHY_SENTENCE)
        told = judged or self._told_instead(found, self.told(found))
        if not isinstance(told.outcome, Answer):
            return self._framed(found, stated_first=True) or told
        if not tells_too_little(found.query, told.outcome):
            return told
        return self._framed(found, stated_first=True) or Decision(
            refuse_part(told.outcome), messages.WHY_NOT_COMPUTED
        )

    def _framed(self, found: Found, *, stated_first: bool) -> Decision | None:
        """What is computed of a question read by what it asks and what it names, in whatever order."""
        made = compute_framed(found.query, self._sources(found), stated_first=stated_first)
        return None if made is None or isinstance(made[0], Refusal) else Decision(*made)

    def _told_instead(self, found: Found, decision: Decision) -> Decision:
        """What is told of that which a claim states a number of; the decision as it is where no number is stated, or none told."""
        question = found.query.question
        is_told = isinstance(decision.outcome, Answer) and not states_one_value(question.text)
        if is_told or read_claim(question.text) is None:
            return decision
        for claimed in claims_in(question.text):
            query = self.finder.understand(replace(question, text=claimed.plain, history=()))
            told = self.told(self.finder.found(query, found.hits))
            if isinstance(told.outcome, Answer) and told.values:
                return replace(told, outcome=replace(told.outcome, question=question))
        return decision

    def judge(self, found: Found) -> Decision | None:
        """What a stated result comes to when it is computed anew, None where the question states none that is."""
        if id(found) not in self._verdicts:
            self._verdicts[id(found)] = found, self._judge(found)
        return self._verdicts[id(found)][1]

    def _judge(self, found: Found) -> Decision | None:
        """What the first reader of claims comes to that reads what is stated: each looks up what settles it.

        In parts, of which each is judged by itself; against the average of a whole; by the result, or the value, that is stated.
        """
        question = found.query.question
        claim = read_claim(question.text)
        if claim is not None:
            judged = judge_parts(question, claim, partial(self._verdict_on, found))
            judged = judged or judge_average(question, claim, self._sources(found))
            if judged is not None:
                return Decision(judged, messages.WHY_COMPUTED)
        return self._by_result(found)

    def _by_result(self, found: Found) -> Decision | None:
        """What is computed, or told, of each result stated, with the verdict before it; why none of them is."""
        question, refused = found.query.question, None
        for claimed in claims_in(question.text):
            for text in dict.fromkeys((claimed.plain, spelt_out(claimed.plain))):
                own = self.finder.found(
                    self.finder.understand(replace(question, text=text, history=())), found.hits
                )
                computed = self.compute(own)
                if computed is None or isinstance(computed.outcome, Refusal):
                    refused = refused or computed
                    computed = self._framed(own, stated_first=False) or self._framed(own, stated_first=True)
                told = computed or self.told(own)
                is_open = any(value.quantity.bound != "exact" for value in told.values)
                anew = self.compute(own, is_anew=True)
                for made in (anew, told) if is_open else (told, anew):
                    judged = made and self._judged(claimed, made, own, found)
                    if judged:
                        return judged
        return refused and replace(refused, outcome=replace(refused.outcome, question=question))

    def _verdict_on(self, found: Found, text: str) -> Outcome | None:
        """The verdict on a part of what is asked about."""
        query = self.finder.understand(replace(found.query.question, text=text, history=()))
        judged = self.judge(self.finder.found(query, self.finder.hits(query)))
        return None if judged is None else judged.outcome

    def _judged(self, claimed: Claimed, made: Decision, own: Found, asked: Found) -> Decision | None:
        """What is computed or told of a stated result, with the verdict before it; None where that settles nothing."""
        if not isinstance(made.outcome, Answer):
            return None
        judged = judge(claimed, made.outcome)
        is_one = claimed.stated is not None and states_one_value(asked.query.question.text)
        if judged is None and claimed.stated is not None and is_one and made.values:
            sources = self._sources(own)
            judged = judge_told(own.query, claimed.stated, made.outcome, made.values, sources)
        question = asked.query.question
        return None if judged is None else replace(made, outcome=replace(judged, question=question))

    def given(self, found: Found) -> Decision | None:
        """What numbers that the question names come to, and whether that is what it states of them; None where it names none.

        Where that is left open, the verdict on a change that is told with its ends.
        """
        made = self._of_given(found)
        if made is None or isinstance(made.outcome, Answer):
            return made
        settled = judge_told_change(found.query, self.figures.of(found.document_ids), self.finder.document)
        return made if settled is None else Decision(settled, messages.WHY_COMPUTED)

    def _of_given(self, found: Found) -> Decision | None:
        question = found.query.question
        for claimed in claims_in(question.text):
            query = self.finder.understand(replace(question, text=claimed.plain, history=()))
            made = reckon_given(query, self._sources(self.finder.found(query, found.hits)))
            if made is None:
                continue
            outcome = replace(made[0], question=question)
            judged = judge(claimed, outcome) if isinstance(outcome, Answer) else outcome
            if judged is not None:
                return Decision(judged, made[1])
        made = reckon_given(found.query, self._sources(found)) or self._of_sum(found)
        return None if made is None else Decision(*made)

    def _of_sum(self, found: Found) -> tuple[Outcome, str] | None:
        """The share that several have together, which no source tells and no one place's share is; None for other questions."""
        operation = read_operation(found.query)
        if operation is None or operation.kind != "share_of_sum":
            return None
        return compute(found.query.question, operation, self._sources(found))

    def compute(self, found: Found, *, is_anew: bool = False) -> Decision | None:
        """The outcome of a question that compares or computes, None where the sources' own words answer it, unless `is_anew`."""
        rest = answer_rest(found.query, self._sources(found))
        if rest is not None:
            return Decision(rest, messages.WHY_COMPUTED)
        operation = read_ranking(found.query) or read_operation(found.query)
        if operation is None:
            return None
        operation = replace(operation, stated_first=operation.stated_first and not is_anew)
        made = compute(found.query.question, operation, self._sources(found))
        if made is None or isinstance(made[0], Refusal):
            return None if made is None else Decision(*made)
        given = END_GIVEN.findall(found.query.question.text)
        return Decision(*made) if all(number in made[0].text for number in given) else None

    def _sources(self, found: Found) -> Sources:
        """What computing may ask, beginning with what was found for the question."""
        question = found.query.question

        def look_up(text: str) -> Lookup:
            key = (text, question.text, id(found.hits))
            if key not in self._looked_up:
                self._looked_up[key] = found, self._look_up(replace(question, text=text), found)
            return self._looked_up[key][1]

        def understand(text: str) -> Query:
            return self.finder.understand(replace(question, text=text))

        def documents(text: str) -> list[Document]:
            told = [*self.finder.documents(found.hits), *self.finder.documents_for(found.query, text)]
            return list({one.id: one for one in told}.values())

        def tables(text: str) -> list[TableKeys]:
            return [keys for document in documents(text) for keys in self.finder.shelf.tables(document)]

        def of_indicator(figure: Figure) -> list[Figure]:
            scope = question.documents
            told = self.figures.of_indicator(figure)
            return [one for one in told if scope is None or one.document_id in scope]

        def rivals(document_id: str, at: Span) -> list[Figure]:
            told = self.figures.within(document_id, at)
            return [
                other
                for one in told
                for other in rivals_of(found.query, one, self.figures.like(one), self.finder.document)
            ]

        return Sources(
            look_up,
            understand,
            self.figures.of,
            self.finder.document,
            tables,
            self.finder.shelf.tables,
            of_indicator,
            rivals,
            documents,
            self.finder.word_weight,
        )

    def _look_up(self, question: Question, asked: Found) -> Lookup:
        """What a plain question finds in the chunks of the one that asked it; nothing there, in those that it leads to itself."""
        query = self.finder.understand(question)
        found = asked if question == asked.query.question else self.finder.found(query, asked.hits)
        decision = self.told(found)
        if isinstance(decision.outcome, Refusal) and _is_of_another(query, asked.query):
            own = self.finder.hits(query)
            for hits in (merged_hits(asked.hits, own), own):
                found = self.finder.found(query, hits)
                decision = self.told(found)
                if isinstance(decision.outcome, Answer):
                    break
        return Lookup(query, decision.outcome, decision.values, found.evidence, found.fitting)

    def told(self, found: Found) -> Decision:
        """What is told; where a table of what is asked for is an image, what the passages say that the bare words lead to, or its other names.

        Where nothing is told of an indicator by its name, what is told of that which it is made of.
        """
        if id(found) not in self._told:
            self._told[id(found)] = found, self._tell(found)
        return self._told[id(found)][1]

    def _tell(self, found: Found) -> Decision:
        decision = self.teller.decide(found)
        question = found.query.question
        if not isinstance(decision.outcome, Refusal):
            return decision
        ways = [text] if (text := spelt_out(question.text)) != question.text else []
        if not ways and decision.outcome.code == "table_is_image":
            ways = _by_all_names(found.query, text.replace("的", ""))
        for way in ways:
            bare = self.finder.understand(replace(question, text=way))
            elsewhere = self.teller.decide(self.finder.found_too(bare, found.hits))
            if isinstance(elsewhere.outcome, Answer):
                return replace(elsewhere, outcome=replace(elsewhere.outcome, question=question))
        return decision


def _by_all_names(query: Query, text: str) -> list[str]:
    """The text, and with what it asks of by the other names that this has: GDP for 地区生产总值."""
    key = search_key(text)
    others = [key.replace(word, name) for word, names in query.synonyms.items() for name in names]
    return [text, *(other.upper() for other in others)]


def _states_nothing(query: Query) -> bool:
    """Whether a question asserts nothing that is to be judged: the 6 of 表6 is no value."""
    return read_claim(query.question.text) is None and not wants_verdict(query)


def _is_of_another(query: Query, asked: Query) -> bool:
    """Whether a plain question names but one of several places or years of the question that asked it, or a new one."""
    slots = ((query.places, asked.places), (query.years, asked.years))
    return any(len(own) == 1 < len(others) or not set(own) <= set(others) for own, others in slots)


def tells_too_little(query: Query, told: Answer) -> bool:
    """Whether a told answer leaves out one of the places or years set against each other, or most of an order asked for."""
    is_told = all(claim.status == "supported" for claim in told.claims)
    if query.kind == "figure" and is_told and (leaves_limit_out(query, told) or _tells_parts(query, told)):
        return True
    frame = frame_of(query)
    if frame is None or not is_told or query.kind in NOT_COMPUTED:
        return False
    if frame.operation.kind == "ranking" and frame.is_of_group:
        return len({one.places[0] for one in find_places(told.text)}) < FEWEST_ORDERED
    if query.kind != "figure" or frame.operation.kind not in ("larger", "difference"):
        return False
    if "百分点" in told.text:
        return False  # the distance itself is told
    words = Words(query.text)
    said = " ".join([told.text, *(f"{one.quote} {one.context}" for one in told.citations)])
    places = {name_of(one) for one in words.places if one.places[0].level != "country"}
    years = {name_of(one)[:4] for one in words.periods if not one.is_resolved}
    return any(len(named) > 1 and not all(name in said for name in named) for named in (places, years))


def _tells_parts(query: Query, told: Answer) -> bool:
    """Whether numbers are told of which only the sum is asked for, or of a whole what is left without a part."""
    operation = read_operation(query) if query.kind == "figure" else None
    if operation is None or len(operation.operands) < PAIR:
        return False
    if operation.word == TAKEN_OFF:
        return LEFT_OVER.search(told.text) is None
    units = [one.unit for one in read_quantities(told.text) if one.form == "number"]
    named = [one for one in operation.operands if one.name[:BEGINNING] in told.text]
    is_of_parts = len(named) >= PAIR and any(units.count(unit) >= PAIR for unit in units)
    return operation.kind == "sum" and is_of_parts


def refuse_part(told: Answer) -> Refusal:
    """The refusal that quotes what was found of a question, which does not answer it."""
    return Refusal(told.question, "not_found", messages.COMPUTED_ONLY_PARTS, told.claims, told.citations)
