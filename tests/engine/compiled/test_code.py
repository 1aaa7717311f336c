"""Writing source: lines, names that do not clash, constants that read as they are."""

from __future__ import annotations

from engine.compiled.code import Code


def test_plain_values_stand_as_they_are_and_others_by_a_name() -> None:
    code = Code()
    assert [code.constant(one, "x") for one in (1, 1.5, "甲", True, None, ["甲", 2])] == [
        "1", "1.5", "'甲'", "True", "None", "['甲', 2]",
    ]  # fmt: skip
    nested = [["甲"]]
    assert code.constant(nested, "nested") == "nested"
    assert code.names == {"nested": nested}


def test_a_name_that_is_taken_by_another_object_gets_a_number() -> None:
    code = Code()
    first, second, third = frozenset("甲"), frozenset("乙"), frozenset("丙")
    names = [code.constant(one, "roles") for one in (first, second, third, first, second)]
    assert names == ["roles", "roles_2", "roles_3", "roles", "roles_2"]
    assert [code.names[name] for name in names[:3]] == [first, second, third]


def test_functions_about_to_be_written_are_numbered() -> None:
    code = Code()
    assert [code.fresh("fits"), code.fresh("fits"), code.fresh("given")] == ["fits_1", "fits_2", "given_1"]


def test_the_source_runs_with_the_objects_it_names() -> None:
    code = Code()
    used = code.use(sorted)
    with code.block("def first(given):"), code.block("if given:"):
        code.line(f"return {used}(given)[0]")
    assert code.source == "def first(given):\n    if given:\n        return sorted(given)[0]\n"
    assert code.run("trial")["first"]([2, 1]) == 1


def test_a_number_that_is_part_of_a_name_is_no_other_object() -> None:
    code = Code()
    objects = [frozenset(letter) for letter in "甲乙丙丁"]
    wanted = ["days", "days_2", "days", "days"]
    given = [code.constant(one, name) for one, name in zip(objects, wanted, strict=True)]
    assert [code.names[name] for name in given] == objects
    assert len(set(given)) == 4
