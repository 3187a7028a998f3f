"""Print the schema of a body as core/body.schema.json holds it, or with `prosemirror` as the desk's editor does."""

import json
import sys

from asithappened.core.body import schema
from asithappened.core.body.prosemirror import prosemirror

if sys.argv[1:] == ["prosemirror"]:
    print(json.dumps(prosemirror(), indent=1))  # in this order: ProseMirror's own choices follow it
else:
    print(json.dumps(schema(), indent=1, sort_keys=True))
