"""Lists AWS's patterns that Python cannot hold as AWS does, of the services named as arguments, as JSON."""

import json
import sys

from moto.core.utils import get_service_model
from patterns import ForeignPattern, compiled


def foreign_patterns(service):
    model = get_service_model(service)
    for name in model.shape_names:
        pattern = model.shape_for(name).metadata.get("pattern")
        try:
            if pattern is not None:
                compiled(pattern)
        except ForeignPattern as problem:
            yield {"service": service, "shape": name, "problem": str(problem)}


if __name__ == "__main__":
    json.dump([row for service in sys.argv[1:] for row in foreign_patterns(service)], sys.stdout)
