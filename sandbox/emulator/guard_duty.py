"""GuardDuty, with what moto gets wrong put right: it has no tags, and an update of one feature takes away the others."""

import json
from urllib.parse import unquote

from moto.guardduty import urls
from moto.guardduty.models import Detector, GuardDutyBackend
from moto.guardduty.responses import GuardDutyResponse

# CreateDetector: "all the optional features are enabled by default", with one exception.
# https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
_ON_IN_A_NEW_DETECTOR = (
    "S3_DATA_EVENTS",
    "EKS_AUDIT_LOGS",
    "EBS_MALWARE_PROTECTION",
    "RDS_LOGIN_EVENTS",
    "LAMBDA_NETWORK_LOGS",
)
_ALWAYS_ON = ("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS")


def create_detector(backend, enable, frequency, data_sources, tags, features):
    detector_id = _create_detector(backend, enable, frequency, data_sources, tags, [])
    detector = backend.detectors[detector_id]
    on = [{"name": name, "status": "ENABLED"} for name in (*_ALWAYS_ON, *_ON_IN_A_NEW_DETECTOR)]
    detector.features = [*on, {"name": "RUNTIME_MONITORING", "status": "DISABLED"}]
    _set_features(detector, features)
    return detector_id


_create_detector = GuardDutyBackend.create_detector
GuardDutyBackend.create_detector = create_detector


def update(detector, enable, frequency, data_sources, features):
    _update(detector, enable, frequency, data_sources, None)
    _set_features(detector, features)


def _set_features(detector, features):
    """UpdateDetector changes the features that it names."""
    given = {feature["name"]: feature for feature in features or []}
    kept = [feature for feature in detector.features if feature["name"] not in given]
    detector.features = [*kept, *given.values()]


_update = Detector.update
Detector.update = update


def _tags(response):
    return response.guardduty_backend.get_detector(unquote(response.path).rsplit("/", 1)[-1]).tags


def tag_resource(response):
    _tags(response).update(response._get_param("tags"))
    return json.dumps({})


def untag_resource(response):
    for key in response.querystring.get("tagKeys", []):
        _tags(response).pop(key, None)
    return json.dumps({})


GuardDutyResponse.tag_resource = tag_resource
GuardDutyResponse.untag_resource = untag_resource
urls.url_paths["{0}/tags/(?P<arn>.+)$"] = GuardDutyResponse.dispatch
