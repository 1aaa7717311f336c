"""The sentences of features (`docs/steps.md` explains them): the only ones that legal staff need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytest_bdd import given as bdd_given
from pytest_bdd import parsers
from pytest_bdd import then as bdd_then
from pytest_bdd import when as bdd_when

from engine.findings import Outcome
from tests.workbench import Workbench

Step = Callable[..., None]
SENTENCES: list[tuple[str, parsers.StepParser, Step]] = []
"""Every sentence: its kind (假如, 当, 那么), its parser, and what it does to the workbench."""


def _registered(kind: str, register: Any) -> Callable[[Any], Callable[[Step], Step]]:
    def sentence(words: str | parsers.StepParser) -> Callable[[Step], Step]:
        def decorate(step: Step) -> Step:
            parser = parsers.string(words) if isinstance(words, str) else words
            SENTENCES.append((kind, parser, step))
            register(words, stacklevel=2)(step)
            return step

        return decorate

    return sentence


given = _registered("假如", bdd_given)
when = _registered("当", bdd_when)
then = _registered("那么", bdd_then)

OUTCOMES = {outcome.chinese: outcome for outcome in Outcome}
HEAD = {
    "案件种类": "kind",
    "适用程序": "procedure",
    "执法领域": "field",
    "地区": "region",
    "案由": "cause",
}


@given(parsers.re(r"(?P<name>案件种类|适用程序|执法领域|地区|案由)为“(?P<value>[^”]*)”"))
def _(bench: Workbench, name: str, value: str) -> None:
    bench.head[HEAD[name]] = value


@given(parsers.parse("当事人类型为“{kind}”"))
def _(bench: Workbench, kind: str) -> None:
    bench.head["parties"][0]["kind"] = kind


@given(parsers.parse("另有当事人“{name}”"))
def _(bench: Workbench, name: str) -> None:
    bench.head["parties"].append({"name": name})


@given(parsers.parse("机关层级为“{level}”"))
def _(bench: Workbench, level: str) -> None:
    bench.head["agency"]["level"] = level


@given(parsers.parse("案卷写明“{name}”为“{value}”"))
def _(bench: Workbench, name: str, value: str) -> None:
    bench.head["facts"][name] = bench.value(name, value)


@given(parsers.parse("当事人写明“{name}”为“{value}”"))
def _(bench: Workbench, name: str, value: str) -> None:
    bench.head["parties"][0].setdefault("facts", {})[name] = bench.value(name, value)


@given(parsers.parse("机关写明“{name}”为“{value}”"))
def _(bench: Workbench, name: str, value: str) -> None:
    bench.head["agency"].setdefault("facts", {})[name] = bench.value(name, value)


@given("案件未结")
def _(bench: Workbench) -> None:
    bench.head["facts"]["办案状态"] = "在办"


@given(parsers.parse("案件未结，记录截至“{day}”"))
def _(bench: Workbench, day: str) -> None:
    bench.head["facts"].update({"办案状态": "在办", "记录截至": day})


@given(parsers.parse("来源不提供“{kind}”"))
def _(bench: Workbench, kind: str) -> None:
    bench.hidden.append(kind)


@given(parsers.parse("目录列有“{paper}”"))
def _(bench: Workbench, paper: str) -> None:
    bench.documents.append({"id": f"W{len(bench.documents) + 1}", "kind": paper})


@given(parsers.re(r"(?P<day>[\d-]{10}(?: \d\d:\d\d)?)有“(?P<kind>[^”]+)”"))
def _(bench: Workbench, day: str, kind: str) -> None:
    bench.add_act(kind, day)


@given(
    parsers.re(r"(?P<starts>[\d-]{10}(?: \d\d:\d\d)?)至(?P<ends>[\d-]{10}(?: \d\d:\d\d)?)有“(?P<kind>[^”]+)”")
)
def _(bench: Workbench, starts: str, ends: str, kind: str) -> None:
    bench.add_act(kind, starts, ends)


@given(parsers.parse("有日期不明的“{kind}”"))
def _(bench: Workbench, kind: str) -> None:
    bench.add_act(kind, None)


@given(parsers.parse("没有“{kind}”"))
def _(bench: Workbench, kind: str) -> None:
    assert all(act["kind"] != kind for act in bench.acts), f"前面已经写了{kind}"


@given(parsers.parse("其“{name}”为“{value}”"))
def _(bench: Workbench, name: str, value: str) -> None:
    bench.acts[-1].setdefault("facts", {})[name] = bench.value(name, value)


@given(parsers.parse("其针对“{act}”"))
def _(bench: Workbench, act: str) -> None:
    bench.acts[-1].setdefault("about", []).append(act)


@given(parsers.parse("其由“{names}”作为“{role}”参与"))
def _(bench: Workbench, names: str, role: str) -> None:
    for name in names.split("、"):
        bench.add_person(name)
        bench.acts[-1].setdefault("by", []).append({"person": name, "role": role})


@given(parsers.parse("“{names}”的执法证有效期自{first}至{last}"))
def _(bench: Workbench, names: str, first: str, last: str) -> None:
    for name in names.split("、"):
        bench.add_person(name)["certificate"] = {
            "number": "13010012345",
            "valid_from": first,
            "valid_to": last,
        }


@given(parsers.parse("“{person}”写明“{name}”为“{value}”"))
def _(bench: Workbench, person: str, name: str, value: str) -> None:
    bench.add_person(person).setdefault("facts", {})[name] = bench.value(name, value)


@when(parsers.re(r"于(?P<day>[\d-]{10})检查"))
def _(bench: Workbench, day: str) -> None:
    bench.check(day)


@then(parsers.parse("结论为“{outcome}”"))
def _(bench: Workbench, outcome: str) -> None:
    finding = bench.finding
    assert finding.outcome is OUTCOMES[outcome], f"实为“{finding.outcome.chinese}”：{finding.message}"


@then(parsers.re(r"期限为(?P<due>[\d-]{10}(?: \d\d:\d\d)?)"))
def _(bench: Workbench, due: str) -> None:
    assert str(bench.finding.due).replace("T", " ") == due


@then(parsers.parse("说明含“{text}”"))
def _(bench: Workbench, text: str) -> None:
    assert text in bench.finding.message


@then(parsers.parse("需要“{paper}”"))
def _(bench: Workbench, paper: str) -> None:
    wanted = [str(item) for item in bench.finding.settled_by]
    assert any(paper in item for item in wanted), f"实际需要：{wanted}"


@then(parsers.parse("程度为“{severity}”"))
def _(bench: Workbench, severity: str) -> None:
    assert bench.finding.severity.chinese == severity


@then(parsers.parse("依据含“{law}”"))
def _(bench: Workbench, law: str) -> None:
    cited = [basis.law for basis in bench.finding.basis]
    assert law in cited, f"实际依据：{cited}"


@then(parsers.parse("依据不含“{law}”"))
def _(bench: Workbench, law: str) -> None:
    cited = [basis.law for basis in bench.finding.basis]
    assert law not in cited, f"实际依据：{cited}"
