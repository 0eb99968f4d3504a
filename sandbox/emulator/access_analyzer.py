"""
Access Analyzer, which moto does not have at all: analyzers come and go, and analyze nothing. Requests are held against AWS's service
model as everywhere; what an analyzer would find is for AWS to say.
"""

import re
import sys
from datetime import datetime, timezone
from types import ModuleType
from urllib.parse import unquote

from moto import backend_index
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, BaseResponse, EmptyResult

SERVICE = "accessanalyzer"


class Missing(JsonRESTError):
    code = 404

    def __init__(self):
        super().__init__("ResourceNotFoundException", "The specified resource could not be found.")


class AccessAnalyzerBackend(BaseBackend):
    def __init__(self, region_name, account_id):
        super().__init__(region_name, account_id)
        self.analyzers = {}

    def get(self, name):
        if name not in self.analyzers:
            raise Missing()
        return self.analyzers[name]


class AccessAnalyzerResponse(BaseResponse):
    def __init__(self):
        super().__init__(service_name=SERVICE)
        self.automated_parameter_parsing = True

    @property
    def backend(self):
        return backends[self.current_account][self.region]

    def create_analyzer(self):
        backend, name, kind = self.backend, self._get_param("analyzerName"), self._get_param("type")
        arn = f"arn:aws:access-analyzer:{self.region}:{self.current_account}:analyzer/{name}"
        analyzer = {
            "arn": arn,
            "name": name,
            "type": kind,
            "createdAt": datetime.now(timezone.utc),
            "status": "ACTIVE",
            "tags": self._get_param("tags") or {},
        }
        configuration = self._get_param("configuration")
        backend.analyzers[name] = {**analyzer, **({"configuration": configuration} if configuration else {})}
        return ActionResult({"arn": arn})

    def get_analyzer(self):
        return ActionResult({"analyzer": self.backend.get(self._get_param("analyzerName"))})

    def list_analyzers(self):
        kind = self._get_param("type")
        found = [one for one in self.backend.analyzers.values() if kind in (None, one["type"])]
        return ActionResult({"analyzers": found})

    def delete_analyzer(self):
        name = self._get_param("analyzerName")
        self.backend.get(name)
        del self.backend.analyzers[name]
        return EmptyResult()

    def _tags(self):
        return self.backend.get(unquote(self._get_param("resourceArn")).rsplit("/", 1)[-1])["tags"]

    def tag_resource(self):
        self._tags().update(self._get_param("tags"))
        return EmptyResult()

    def untag_resource(self):
        for key in self._get_param("tagKeys"):
            self._tags().pop(key, None)
        return EmptyResult()


# moto finds a service by modules of these names.
_package = ModuleType("moto.accessanalyzer")
_urls = ModuleType("moto.accessanalyzer.urls")
_urls.url_bases = [r"https?://access-analyzer\.(.+)\.amazonaws\.com"]
_urls.url_paths = {
    "{0}/analyzer$": AccessAnalyzerResponse.dispatch,
    "{0}/analyzer/(?P<name>[^/]+)$": AccessAnalyzerResponse.dispatch,
    "{0}/tags/(?P<arn>.+)$": AccessAnalyzerResponse.dispatch,
}
AccessAnalyzerBackend._url_module = property(lambda _: _urls)
backends = BackendDict(AccessAnalyzerBackend, SERVICE)
_package.accessanalyzer_backends = backends
sys.modules[_package.__name__] = _package
sys.modules[_urls.__name__] = _urls
backend_index.backend_url_patterns.append((SERVICE, re.compile(_urls.url_bases[0])))
