"""The emulator: moto's server, with what it gets wrong put right."""

from moto.iam import policy_validation
from moto.logs.metric_filters import MetricFilters
from moto.server import main

# AWS takes `arn:aws:iam::<account>:*`; its error message says so, and moto repeats the message without doing it:
# 'IAM resource path must either be "*" or start with user/, ...'.
policy_validation.VALID_RESOURCE_PATH_STARTING_VALUES["iam"]["values"].append("*")



def put_filter(filters, filter_name, filter_pattern, log_group_name, metric_transformations):
    """PutMetricFilter "creates or updates"; moto only ever adds."""
    filters.delete_filter(filter_name, log_group_name)
    add_filter(filters, filter_name, filter_pattern, log_group_name, metric_transformations)


add_filter = MetricFilters.add_filter
MetricFilters.add_filter = put_filter

main()
