"""The published schemas of both written forms; ``python -m casefiles.schemas`` writes them anew."""

from __future__ import annotations

import json
from pathlib import Path

from casefiles.schemas_json import json_schema
from casefiles.schemas_xml import xml_schema
from casefiles.terms import Vocabulary, standard_vocabulary

FOLDER = Path(__file__).parent / "schema"
"""Where the published schemas lie."""
JSON_SCHEMA = "casefile.schema.json"
XML_SCHEMA = "casefile.xsd"


def schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the text of each schema by the name of its file."""
    return {
        JSON_SCHEMA: json.dumps(json_schema(vocabulary), ensure_ascii=False, indent=2) + "\n",
        XML_SCHEMA: xml_schema(vocabulary),
    }


def publish(folder: Path = FOLDER) -> None:
    """Write the schemas of the standard vocabulary into a folder."""
    for name, text in schemas(standard_vocabulary()).items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    publish()
