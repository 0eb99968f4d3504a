#!/bin/sh
# Writes GitLab's jobs for the accounts that `npm run --silent ci:account` lists.
# usage: sh account-jobs.sh accounts.env
set -eu

echo 'include: { local: docs/examples/gitlab/account.yml }'
while IFS='=' read -r stage accounts; do
  case "$stage" in accounts) continue ;; esac
  [ "$accounts" != '[]' ] || continue
  echo "preview-$stage: { extends: .preview, parallel: { matrix: [{ STACK: $accounts }] } }"
  # What follows tags is previewed with every request, and deployed by `npm run promote` alone.
  [ "$stage" != promoted ] || continue
  echo "deploy-$stage: { extends: .deploy, stage: $stage, parallel: { matrix: [{ STACK: $accounts }] } }"
done < "$1"
