"""Case files written as XML: hardened reading with a place for every problem, and writing."""

from __future__ import annotations

from functools import partial

from lxml import etree

from adapters.readers.filebytes import demand_size
from adapters.readers.places import LaterPlaces, quick_reading, reading_of
from adapters.readers.textbytes import UndecodableError, decode_xml
from adapters.readers.xmlfaults import doctype_fault, first_fault
from adapters.readers.xmlplaces import XmlPlaces
from adapters.readers.xmlplain import PlainReader
from adapters.readers.xmlquick import MOST_TAGS, quick_case
from adapters.results import Reading
from casefiles.forms import CASE_FORM, FACT, ITEM, NAMESPACE, Form, Slot
from casefiles.model import CaseFile, Fact, Facts, Record
from casefiles.problems import CaseFileError, Problem
from casefiles.terms import Vocabulary
from casefiles.wordchecks import word_checks


def read_xml(data: bytes, file: str, vocabulary: Vocabulary) -> Reading:
    """Return the case file of XML bytes; *file* is how messages call it.

    No entity is resolved and nothing outside of the bytes is read. Raises CaseFileError: one problem
    where the text is broken, all of them where the words are.
    """
    checks = word_checks(vocabulary)
    case = quick_case(data, checks)
    if case is not None:
        return quick_reading(case, LaterPlaces(file, partial(_places, data, file)), checks)
    return read_xml_exactly(data, file, vocabulary)


def _places(data: bytes, file: str) -> XmlPlaces:
    return XmlPlaces(decode_xml(data).text, file)


def read_xml_exactly(data: bytes, file: str, vocabulary: Vocabulary) -> Reading:
    """Do the same as ``read_xml`` by the one way that can tell what is wrong, and where."""
    demand_size(len(data), file)
    try:
        decoded = decode_xml(data)
    except UndecodableError as error:
        raise error.in_file(file) from error
    places = XmlPlaces(decoded.text, file)
    plain = PlainReader(vocabulary, places).read(_parse(decoded.text.encode(), file))
    advice = "建议另存为 UTF-8，并使声明与实际一致"
    warnings = [Problem(file, None, None, decoded.warning, advice)] if decoded.warning else []
    return reading_of(plain, places, vocabulary, warnings)


def write_xml(case: CaseFile) -> bytes:
    """Return a case file as XML: UTF-8, indented by two, what was not told left out.

    Raises ValueError for texts with characters that XML cannot write; readers let none of them in.
    """
    root = etree.fromstring(f'<casefile xmlns="{NAMESPACE}"/>')
    _fill(root, case, CASE_FORM)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _parse(source: bytes, file: str) -> etree._Element:
    _demand_sane(source, file)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise CaseFileError([_problem(source, file, error)]) from None


def _demand_sane(source: bytes, file: str) -> None:
    if not source.strip():
        raise CaseFileError([Problem(file, None, None, "文件是空的", "请确认导出是否成功")])
    if source.count(b"<") > MOST_TAGS:
        text = f"文件中的标签超过 {MOST_TAGS} 个"
        raise CaseFileError([Problem(file, None, None, text, "请确认这是一个案卷文件")])
    if fault := doctype_fault(source):
        raise CaseFileError([Problem(file, *fault)])


def _problem(source: bytes, file: str, error: etree.XMLSyntaxError) -> Problem:
    code = getattr(error, "code", None)
    is_size = code == etree.ErrorTypes.ERR_RESOURCE_LIMIT and "depth" not in str(error)
    if not is_size and (fault := first_fault(source)):
        return Problem(file, *fault)
    advice = "单个文字至多 10 MB；扫描件、音像不要写进案卷文件"
    return Problem(file, error.lineno, None, "XML 内容超出允许的限度", advice)


def _fill(element: etree._Element, record: Record, form: Form) -> None:
    for slot in form.slots.values():
        value = getattr(record, slot.name)
        if value is None:
            continue
        if slot.is_attribute:
            element.set(slot.name, str(value))
        else:
            _append(element, slot, value)


def _append(element: etree._Element, slot: Slot, value: object) -> None:
    if isinstance(value, dict):
        _append_facts(element, value)
    elif isinstance(value, list) and slot.has_items:
        _append_items(_child(element, slot.tag), value)
    elif isinstance(value, list):
        for one in value:
            _append(element, slot, one)
    elif isinstance(value, str):
        _child(element, slot.tag).text = value
    else:
        assert isinstance(value, Record) and slot.form is not None
        _fill(_child(element, slot.tag), value, slot.form)


def _append_facts(element: etree._Element, facts: Facts) -> None:
    for name, value in facts.items():
        child = _child(element, FACT)
        child.set("name", name)
        if isinstance(value, list):
            _append_items(child, value)
        else:
            child.text = _written(value)


def _append_items(element: etree._Element, items: list[str]) -> None:
    for item in items:
        _child(element, ITEM).text = item


def _written(value: Fact) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _child(element: etree._Element, tag: str) -> etree._Element:
    return etree.SubElement(element, f"{{{NAMESPACE}}}{tag}")
