"""The report as JUnit XML: an article is a test, and so is a harm; figures are properties.

Build servers keep and show these for everyone: they hold no words of an article, only ids, fixed
words and figures.
"""

from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from eval.cells import Cell, CellKind
from eval.figures import shown
from eval.report.words import NOTHING, error_of, kind_of, plain, printable, value_of
from eval.scores.summary import Summary
from eval.scores.worst import errors_of, worst_of
from extractor.codes import InputOutcome, Outcome, Qualifier, Stance
from extractor.numerals import Number

_SHOWN = 20  # wrong cells named in one failure


def junit(summary: Summary, cells: Sequence[Cell]) -> str:
    """A graded run as JUnit XML."""
    root = Xml.Element("testsuites", name="tollbook")
    _articles(root, summary, cells)
    _harms(root, summary)
    for suite in root:
        for count, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            suite.set(count, str(sum(1 for _ in suite.iter(tag))))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _articles(root: Xml.Element, summary: Summary, cells: Sequence[Cell]) -> None:
    suite = Xml.SubElement(root, "testsuite", name="articles")
    properties = Xml.SubElement(suite, "properties")
    _property(properties, "verdict", summary.attempts.verdict)
    _property(properties, "seed", str(summary.seed))
    for score in summary.scores():
        value = NOTHING if score.value is None else repr(score.value)
        _property(properties, score.name, value)
    wrong: dict[str, list[Cell]] = defaultdict(list)
    for cell in errors_of(cells):
        wrong[cell.article_id].append(cell)
    scored = {article.article_id: article for article in cells if article.kind is CellKind.ARTICLE}
    for name in sorted(scored):
        case = Xml.SubElement(
            suite, "testcase", classname="tollbook.articles", name=printable(name)
        )
        outcome = str(scored[name].outcome or "absent")
        if outcome in ("absent", InputOutcome.INFRA_ERROR.value):
            told = f"{plain(outcome)}: never answered for, scored as a prediction of nothing"
            Xml.SubElement(case, "error", message=told, type=outcome)
        elif found := wrong[name]:
            told = f"{len(found)} wrong, missed or invented"
            failure = Xml.SubElement(case, "failure", message=told, type="cells")
            failure.text = "\n".join(_line(one) for one in worst_of(found, _SHOWN))
            if len(found) > _SHOWN:
                failure.text += f"\nand {len(found) - _SHOWN} more"


def _harms(root: Xml.Element, summary: Summary) -> None:
    suite = Xml.SubElement(root, "testsuite", name="harms")
    for one in summary.harms:
        case = Xml.SubElement(
            suite, "testcase", classname="tollbook.harms", name=plain(one.harm.value)
        )
        if not one.rate.counts["of"]:
            Xml.SubElement(case, "skipped", message="there was no opportunity for it")
        elif one.rate.counts["right"]:
            told = f"{value_of(one.rate)}: {one.rate.tally}; beside recall {value_of(one.recall)}"
            Xml.SubElement(case, "failure", message=told, type="harm")


def _line(cell: Cell) -> str:
    """A wrong cell without its key and values: those are words of the article."""
    outcome = cell.codes.get("outcome", "")
    told = [kind_of(cell), *([plain(outcome)] if outcome in _OUTCOMES else []), error_of(cell)]
    sides = (("gold", cell.gold_number), ("predicted", cell.predicted_number))
    values = [_figure(number) or _stance(cell, side) for side, number in sides]
    if any(values):
        told.append(" -> ".join(value or NOTHING for value in values))
    return printable(": ".join(told))


_OUTCOMES, _STANCES = ([one.value for one in codes] for codes in (Outcome, Stance))


def _figure(number: Number | None) -> str:
    """A figure; of a vague one not its wording, which is the article's."""
    if number is None:
        return ""
    return plain(Qualifier.VAGUE.value) if number.qualifier is Qualifier.VAGUE else shown(number)


def _stance(cell: Cell, side: str) -> str:
    stance = cell.codes.get(f"{side}_stance", "")
    return plain(stance) if stance in _STANCES else ""


def _property(properties: Xml.Element, name: str, value: str) -> None:
    Xml.SubElement(properties, "property", name=printable(name), value=printable(value))
