"""The emulator: moto's server, with what it gets wrong about IAM put right."""

from moto.iam import policy_validation
from moto.server import main

# AWS takes `arn:aws:iam::<account>:*`; its error message says so, and moto repeats the message without doing it:
# 'IAM resource path must either be "*" or start with user/, ...'.
policy_validation.VALID_RESOURCE_PATH_STARTING_VALUES["iam"]["values"].append("*")

main()
