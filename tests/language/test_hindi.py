"""Hindi is complete, keeps every fact and figure, and can be changed at any moment."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dms_desktop.domain.money import Money
from dms_desktop.domain.refusals import Problem, Reason
from dms_desktop.language import catalogue
from dms_desktop.language.catalogue import _, again, joined, ngettext, speaking, use
from dms_desktop.language.faults import SENTENCES as FAULTS
from dms_desktop.language.faults import say_fault
from dms_desktop.language.findings import FINDINGS, finding_text
from dms_desktop.language.sentences import SENTENCES, say

DEVANAGARI = re.compile("[\u0900-\u097f]")


@pytest.mark.usefixtures("hindi")
def test_a_refusal_says_in_hindi_what_to_do() -> None:
    short = Problem(Reason.SHORT_STOCK, facts={"item": "Sandal soap", "have": 5, "short": 7})
    assert say(short) == "Sandal soap: 5 बेचे जा सकते हैं, 7 ज़्यादा माँगे हैं। मात्रा घटाएँ।"
    gstin = {"gstin": "27AAPFU0939F1ZX", "fault": "check_digit", "expected": "V"}
    assert say(Problem(Reason.BAD_GSTIN, facts=gstin)) == (
        "GSTIN “27AAPFU0939F1ZX” सही नहीं है: इसमें कोई अक्षर या अंक ग़लत टाइप हुआ है।"
    )


@pytest.mark.usefixtures("hindi")
def test_amounts_and_days_are_written_as_in_english() -> None:
    facts = {"limit": Money(12_345_678_00), "exposure": Money(12_400_000_00), "over": Money(5_43)}
    said = say(Problem(Reason.CREDIT_LIMIT, facts=facts))
    assert "₹ 1,23,45,678.00" in said
    assert "₹ 1,24,00,000.00" in said
    assert "₹ 5.43" in said
    future = {"day": date(2026, 11, 23), "today": date(2026, 11, 22)}
    assert say(Problem(Reason.FUTURE_DAY, facts=future)) == (
        "23-11-2026 अभी आई नहीं; आज 22-11-2026 है।"
    )


@pytest.mark.usefixtures("hindi")
def test_every_refusal_speaks_hindi() -> None:
    for reason in SENTENCES:
        assert DEVANAGARI.search(say(Problem(reason))), reason


@pytest.mark.usefixtures("hindi")
def test_every_fault_and_finding_speaks_hindi() -> None:
    for word in FAULTS:
        assert DEVANAGARI.search(say_fault(word, {})), word
    for what in FINDINGS:
        assert DEVANAGARI.search(finding_text(what, "document", 1, {})), what


@pytest.mark.usefixtures("hindi")
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_one_bill_and_many_are_counted(count: int) -> None:
    told = ngettext("{count} bill held", "{count} bills held", count).format(count=count)
    assert told == f"{count} बिल होल्ड पर"


@pytest.mark.usefixtures("both")
def test_a_sentence_is_said_again_with_its_facts_in_the_other_language() -> None:
    line = _("Line {row}: {sentence}").format(
        row=2, sentence=say(Problem(Reason.DUPLICATE, facts={"field": "GSTIN", "value": "29A"}))
    )
    told = joined("  ·  ", (line, "", "F10", _("Save and print")))
    assert told == "Line 2: There is already a GSTIN “29A”.  ·  F10  ·  Save and print"
    use("hi")
    assert again(told) == "लाइन 2: GSTIN “29A” पहले से है।  ·  F10  ·  सेव और प्रिंट"
    assert again("Save and print") == "Save and print", "a name that reads like a label stays"
    assert _(told) == again(told)
    use("en")
    assert again(told) == told


@pytest.mark.usefixtures("both")
def test_a_fault_within_a_sentence_is_said_again_too() -> None:
    facts = {"value": "M1", "fault": "in_use_stock"}
    told = say(Problem(Reason.IN_USE, facts=facts))
    assert told == "“M1” cannot be made inactive: goods still lie in it."
    use("hi")
    assert again(told) == "“M1” बंद नहीं हो सकता: उसमें अभी माल रखा है।"


@pytest.mark.usefixtures("both")
def test_one_paper_or_caller_may_have_another_language_than_the_screen() -> None:
    with speaking("hi"):
        label = _("Total")
        assert label == "कुल"
        assert type(label) is str, "the shaper of letters takes no other"
        assert ngettext("{count} bill held", "{count} bills held", 1) == "{count} बिल होल्ड पर"
    assert _("Total") == "Total"
    use("hi")
    with speaking("en"):
        assert _("Total") == "Total"
    assert _("Total") == "कुल"


@pytest.mark.usefixtures("hindi")
def test_nothing_is_nothing_in_every_language() -> None:
    assert _("") == ""
    with speaking("hi"):
        assert _("") == ""


@pytest.mark.usefixtures("both")
def test_the_language_in_use_is_one_that_there_is() -> None:
    for asked, spoken in (("hi_IN.UTF-8", "hi"), ("ta", "en"), ("hi", "hi"), ("en_IN", "en")):
        use(asked)
        assert catalogue.language() == spoken
    assert [catalogue.following(name) for name in ("en", "hi", "ta")] == ["hi", "en", "hi"]


def test_what_was_asked_comes_before_what_was_chosen_and_that_before_the_machine() -> None:
    machine = {"LANG": "hi_IN.UTF-8"}
    assert catalogue.wanted("", machine) == "hi"
    assert catalogue.wanted("", {"LANG": "C.UTF-8"}) == "en"
    assert catalogue.wanted("", {"LC_ALL": "en_IN", **machine}) == "en"
    assert catalogue.wanted("", machine, "en") == "en"
    assert catalogue.wanted("", {"DMS_LANGUAGE": "hi"}, "en") == "hi"
    assert catalogue.wanted("en", {"DMS_LANGUAGE": "hi"}, "hi") == "en"
