"""Print the schema of a body as JSON Schema, as core/body.schema.json holds it."""

import json

from asithappened.core.body import schema

print(json.dumps(schema(), indent=1, sort_keys=True))
