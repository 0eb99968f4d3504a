#!/usr/bin/env bash
# Writes a profile for each account, named like it, into the file that AWS_CONFIG_FILE names: AWS's clients then show GitHub's token
# for the role themselves. The job has the permission id-token: write.
#
#   bash .github/scripts/aws-profiles.sh <review_role or deploy_role> <session name> <account> …
set -euo pipefail
variable=$1 session=$2
shift 2

token=$AWS_CONFIG_FILE.token
umask 077
curl --silent --show-error --fail -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \
  "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com" | jq -er .value > "$token"

: > "$AWS_CONFIG_FILE"
for account in "$@"; do
  role=$(npm run --silent ci:account -- "$account" | sed -n "s/^$variable=//p")
  if [ -z "$role" ]; then
    echo "::error::npm run ci:account -- $account names no $variable."
    exit 1
  fi
  printf '[profile %s]\nrole_arn = %s\nweb_identity_token_file = %s\nrole_session_name = %s\n' \
    "$account" "$role" "$token" "$session" >> "$AWS_CONFIG_FILE"
done
