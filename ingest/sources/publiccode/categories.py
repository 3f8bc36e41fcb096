"""publiccode.yml's categories → our themes, as `ontology/theme-mappings.csv` has them.

A test compares the two; a category that stands in neither is counted as unmapped.
"""

from collections.abc import Mapping
from typing import Final

from kg.terms import LOTSE, NamedNode

_CATEGORIES: Final[Mapping[str, str]] = {
    "administration": (
        "agile-project-management applicant-tracking appointment-scheduling "
        "business-process-management call-center-management collaboration compliance-management "
        "contact-management crm customer-service-and-support document-management e-signature "
        "employee-management enterprise-project-management enterprise-social-networking erp "
        "facility-management hr identity-management inventory-management knowledge-management "
        "office online-booking payroll procurement productivity-suite project-collaboration "
        "project-management regulations-and-directives resource-management talent-management "
        "task-management time-management time-tracking visitor-management warehouse-management "
        "web-collaboration whistleblowing workflow-management"
    ),
    "culture": "event-management integrated-library-system",
    "economy": ("e-commerce email-marketing marketing mobile-marketing sales-management"),
    "education": "educational-content learning-management-system",
    "finance": (
        "accounting billing-and-invoicing budgeting financial-reporting grant-management "
        "mobile-payment payment-gateway taxes-management"
    ),
    "mobility": "fleet-management",
    "participation": (
        "digital-citizenship donor-management feedback-and-reviews-management fundraising "
        "online-community survey"
    ),
    "technology": (
        "application-development backup blog business-intelligence cad cloud-management "
        "communications content-management data-analytics data-collection data-visualization "
        "design design-system digital-asset-management email-management "
        "geographic-information-systems graphic-design help-desk ide instant-messaging "
        "it-asset-management it-development it-management it-security it-service-management "
        "network-management predictive-analysis remote-support seo service-desk "
        "social-media-management test-management video-conferencing video-editing voip "
        "web-conferencing website-builder"
    ),
    "urban-development": "property-management real-estate-management",
}

THEMES: Final[Mapping[str, NamedNode]] = {
    category: LOTSE[f"theme-{theme}"]
    for theme, categories in _CATEGORIES.items()
    for category in categories.split()
}
WITHOUT_THEME: Final = frozenset({"gamification", "mind-mapping", "other", "translation"})
"""Categories that say nothing about a theme."""
