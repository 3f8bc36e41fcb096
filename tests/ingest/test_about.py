"""Each source says in both languages what we take of it, what we leave, and what is wrong in it."""

from ingest.source import sources

KEYS = ("takes", "takes_en", "leaves", "leaves_en", "dirt", "dirt_en")


def test_every_source_says_what_is_taken_and_left_and_wrong() -> None:
    lacking = {
        source.slug: [key for key in KEYS if not source.about.get(key, "").strip()]
        for source in sources()
    }
    assert {slug: keys for slug, keys in lacking.items() if keys} == {}


def test_no_source_says_anything_else_about_itself() -> None:
    assert {key for source in sources() for key in source.about} == set(KEYS)
