"""Contact data is known by its form; nothing else is touched."""

import pytest

from kg.personal import without_contacts


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Fragen an erfunden@example.org, bitte", "Fragen an …, bitte"),
        ("<mailto:Erfunden.Name+x@sub.example.org>", "<…>"),
        ("Tel. 0800 0000000", "Tel. …"),
        ("Tel. 030/0000000-12, Fax", "Tel. …, Fax"),
        ("+49 30 000 0000", "…"),
        ("(0800) 0000000", "…"),
        ("+49300000000", "…"),
        ("0049 30 0000000", "…"),
        ("@lotse@example.org und https://example.org/@lotse", "@… und https://example.org/@lotse"),
    ],
)
def test_mail_addresses_and_telephone_numbers_are_taken_out(text: str, left: str) -> None:
    assert without_contacts(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "", "12 0630 04", "120630000000", "01001000", "2021-01-02 03:04", "01.02.2021",
        "0,5 bis 1",
        "lab@haus", "@40", "it-at-m/opensource.muenchen.de:de/software/x.md@68c02f1",
        "opacapp/files@682e82771c56:bibs/Karlsruhe.json", "2019/2020", "005 000",
        "x" * 10_000 + "@",
        "DE 01 23", "1.200.000", "§ 3a 0 12",
    ],
)  # fmt: skip
def test_keys_dates_and_commits_stay(text: str) -> None:
    assert without_contacts(text) == text
