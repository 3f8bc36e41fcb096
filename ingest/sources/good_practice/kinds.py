"""What the solutions behind cases are: software, unless it is a service, an app and the like."""

from collections.abc import Mapping
from typing import Final

from kg.terms import LOTSE, NamedNode

_NAMES: Final = {
    "app": ("Open SmartCity App", "tellme Mängel"),
    "practice": ("Vorarlberger Modell",),
    "service": (
        "115-Chatbot", "Aufenthalt Digital", "Aufenthaltstitel (EfA)", "Beteiligung NRW",
        "Bürgerserviceportal (AKDB)", "Digitale Baugenehmigung (EfA)", "ELFE",
        "Kommunales ELSTER", "MaKI", "Maerker", "Mängelmelder (wer denkt was)",
        "Sag's uns einfach", "Universalprozess", "Wirtschafts-Service-Portal.NRW",
        "buergermeldungen.com", "ÖGDigital",
    ),
    "software": (
        "Ausweisterminal (Kern)", "BärGPT", "Consul", "DIPAS", "DKAN", "Digitale Dörfer", "F13",
        "FAST AI Movies", "IoTista", "JANO", "KIPITZ", "Klarschiff", "LLMoin", "LeoGPT",
        "LibreOffice", "Nextcloud", "Open-Xchange", "SUMM AI", "Thunderbird", "Urban Stack",
        "Viind", "assono KI-Chatbot", "civento", "intellex", "neuraflow", "scriba", "telli",
        "vialytics",
    ),
    "standard": ("KERN",),
}  # fmt: skip
KINDS: Final[Mapping[str, NamedNode]] = {
    name: LOTSE[f"solution-kind-{kind}"] for kind, names in _NAMES.items() for name in names
}
"""Name of a solution → what it is, as the reader of the pages understood it."""
