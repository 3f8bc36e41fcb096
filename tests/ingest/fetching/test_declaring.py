"""What `source.toml` says about fetching, and what is refused of it."""

import re
import shutil
from pathlib import Path

import pytest

from ingest.source import FOLDER, load
from kg.errors import SourceError


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('hosts = ["raw', 'hosts = ["example.org", "not', "lies on a host that `hosts` in"),
        ('how = "file"', 'how = "ftp"', "'ftp' is no way to fetch; there are file, repository"),
        ('every = "P1Y"', 'every = "yearly"', "every = 'yearly'; write a period such as P7D"),
        ('how = "file"', 'how = "file"\nspeed = 9', "fetch: .*unexpected keyword argument 'speed'"),
    ],
    ids=["host", "way", "period", "unknown"],
)
def test_what_cannot_be_followed_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / "nuts"
    shutil.copytree(FOLDER / "nuts", folder)
    text = (folder / "source.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "source.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape("nuts/source.toml") + ".*" + said):
        load(folder)
