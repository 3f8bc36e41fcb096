"""What reconciliation says of itself, in both versions."""

from typing import Any, Final

from api.reconciling import BATCH, PREVIEW, Desk, typed
from api.replies import public_url
from kg.namespaces import BASE, VOCABULARY
from kg.reconciliation.extending import FORMS
from kg.reconciliation.types import KINDS

NAME: Final = "Innovationslotse"
DOCUMENTED: Final = "/docs/reconciliation"
_SETTINGS: Final = {
    "de": (
        "Anzahl", "So viele Werte höchstens je Zelle; 0 für alle",
        "Form", "Wie ein Wert erscheint, der selbst ein Ding ist",
        ("Ding mit Kennung", "nur der Name", "nur die Kennung"),
    ),
    "en": (
        "Limit", "So many values of a cell at most; 0 for all",
        "Form", "How a value appears that is a thing itself",
        ("thing with its id", "its name only", "its id only"),
    ),
}  # fmt: skip


def manifest_0_2(desk: Desk) -> dict[str, Any]:
    """Return the manifest of version 0.2."""
    home = public_url(desk.exchange)
    here = f"{home}/reconcile"

    def at(path: str) -> dict[str, str]:
        return {"service_url": here, "service_path": path}

    settings = [
        {"name": one["id"], "label": one["name"], "help_text": one["helpText"]}
        | {key: one[key] for key in ("type", "default", "choices") if key in one}
        for one in _settings(desk.lang)
    ]
    return {
        "versions": ["0.2"],
        "name": NAME,
        "identifierSpace": BASE,
        "schemaSpace": VOCABULARY,
        "documentation": f"{home}{DOCUMENTED}",
        "serviceVersion": desk.exchange.request.app.version,
        "view": {"url": f"{home}/about?thing={{{{id}}}}"},
        "feature_view": {"url": f"{home}{DOCUMENTED}#{{{{id}}}}"},
        "defaultTypes": [typed(desk, kind) for kind in KINDS],
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", **PREVIEW},
        "suggest": {kind: at(f"/suggest/{kind}") for kind in ("entity", "type", "property")},
        "extend": {"propose_properties": at("/extend/propose"), "property_settings": settings},
        "batchSize": BATCH,
    }


def manifest_1_0(desk: Desk) -> dict[str, Any]:
    """Return the manifest of the draft of version 1.0."""
    home = public_url(desk.exchange)
    return {
        "versions": ["1.0-draft"],
        "name": NAME,
        "lang": desk.lang,
        "dir": "ltr",
        "documentation": f"{home}{DOCUMENTED}",
        "serviceVersion": desk.exchange.request.app.version,
        "view": {"url": f"{home}/about?thing={{id}}"},
        "featureView": {"url": f"{home}{DOCUMENTED}#{{id}}"},
        "defaultTypes": [typed(desk, kind) for kind in KINDS],
        "preview": PREVIEW,
        "suggest": {"entity": True, "type": True, "property": True},
        "extend": {"proposeProperties": True, "propertySettings": _settings(desk.lang)},
        "batchSize": BATCH,
        "standardizedScore": True,
    }


def _settings(lang: str) -> list[dict[str, Any]]:
    """Return what can be set for a property that a table is extended by."""
    limit, of_limit, form, of_form, names = _SETTINGS[lang]
    choices = [{"value": value, "name": name} for value, name in zip(FORMS, names, strict=True)]
    return [
        {"id": "limit", "name": limit, "helpText": of_limit, "type": "number", "default": 0},
        {"id": "form", "name": form, "helpText": of_form, "type": "select",
         "default": FORMS[0], "choices": choices},
    ]  # fmt: skip
