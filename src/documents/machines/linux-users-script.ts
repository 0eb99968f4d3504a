/** The group of users that the document makes. It touches nobody else: not root, not `ec2-user`, who may do all by sudo. */
export const LINUX_USERS_GROUP = "machine-users";

/**
 * What runs on a machine, as root: POSIX shell, which says the same and changes nothing when it runs again. Systems Manager puts the
 * parameters into the first lines as text; their patterns let nothing in that ends a quote. It edits a user's keys as that user, so
 * that a link in their home leads nowhere that they may not write themselves, and prints fingerprints in place of keys.
 */
export const LINUX_USERS_SCRIPT = String.raw`#!/bin/sh
action='{{ Action }}'
user='{{ UserName }}'
key='{{ PublicKey }}'

set -eu
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
group=${LINUX_USERS_GROUP}

say() { printf '%s: %s\n' "$user" "$1"; }
fail() {
  printf '%s: %s\n' "$user" "$1" >&2
  exit 1
}

exists() { getent passwd "$user" >/dev/null; }
is_ours() { id -nG "$user" | tr ' ' '\n' | grep -Fqx "$group"; }
expect_ours() {
  exists || fail 'there is no such user.'
  is_ours || fail 'this user was not made by this document, and is left alone.'
}
has() { command -v "$1" >/dev/null 2>&1; }

expect_key() {
  [ -n "$key" ] || fail 'PublicKey is missing.'
  if has ssh-keygen; then
    name=$(printf '%s\n' "$key" | ssh-keygen -lf - 2>/dev/null | cut -d ' ' -f 2)
    [ -n "$name" ] || fail 'PublicKey is no public key.'
  else
    name='key'
  fi
}

# Runs a script as the user, with the file of their keys, the key and the part of it that tells it from others.
edit_keys() {
  home=$(getent passwd "$user" | cut -d : -f 6)
  blob=$(printf '%s' "$key" | cut -d ' ' -f 2)
  runuser -u "$user" -- /bin/sh -euc "$1" sh "$home/.ssh/authorized_keys" "$key" "$blob"
}

create_user() {
  getent group "$group" >/dev/null || groupadd "$group"
  if exists; then
    is_ours || fail 'this user was not made by this document, and is left alone.'
    say 'is there already.'
    return
  fi
  base=$(useradd -D | sed -n 's/^HOME=//p')
  [ ! -e "$base/$user" ] || fail "$base/$user is there already, and may hold keys of somebody else."
  shell=/bin/sh
  [ ! -x /bin/bash ] || shell=/bin/bash
  # No password opens this user, and none locks it: sshd without PAM refuses keys of a locked one.
  useradd --create-home --shell "$shell" --groups "$group" --password '*' "$user"
  say 'created.'
}

add_key() {
  expect_ours
  expect_key
  # shellcheck disable=SC2016 # The user's own shell fills these in.
  if edit_keys '
    umask 077
    mkdir -p "$(dirname "$1")"
    touch "$1"
    if awk -v blob="$3" "{ for (i = 1; i <= NF; i++) if (\$i == blob) found = 1 } END { exit !found }" "$1"; then exit 3; fi
    if [ -n "$(tail -c 1 "$1")" ]; then echo >> "$1"; fi
    printf "%s\n" "$2" >> "$1"
    if command -v restorecon > /dev/null 2>&1; then restorecon -R "$(dirname "$1")" || :; fi
  '; then
    say "$name added."
  elif [ $? -eq 3 ]; then
    say "$name is there already."
  else
    fail 'the key could not be added.'
  fi
}

remove_key() {
  expect_ours
  expect_key
  # shellcheck disable=SC2016 # The user's own shell fills these in.
  if edit_keys '
    umask 077
    if [ ! -f "$1" ]; then exit 3; fi
    new=$(mktemp "$1.XXXXXX")
    status=0
    awk -v blob="$3" "{ for (i = 1; i <= NF; i++) if (\$i == blob) { found = 1; next } print } END { exit found ? 0 : 3 }" "$1" > "$new" ||
      status=$?
    if [ "$status" -eq 0 ]; then mv "$new" "$1"; else rm "$new"; fi
    exit "$status"
  '; then
    say "$name removed."
  elif [ $? -eq 3 ]; then
    say "$name is not there."
  else
    fail 'the key could not be removed.'
  fi
}

remove_user() {
  if ! exists; then
    say 'is not there.'
    return
  fi
  expect_ours
  uid=$(id -u "$user")
  # Sessions first: userdel refuses a user who is at work.
  if has loginctl; then loginctl terminate-user "$user" >/dev/null 2>&1 || :; fi
  if has pkill; then
    pkill -KILL -u "$uid" || :
    waited=0
    while pgrep -u "$uid" >/dev/null && [ "$waited" -lt 10 ]; do
      sleep 1
      waited=$((waited + 1))
    done
  fi
  if has crontab; then crontab -r -u "$user" >/dev/null 2>&1 || :; fi
  userdel --remove "$user"
  say 'removed, with their home.'
}

case $action in
  create-user) create_user ;;
  add-key) add_key ;;
  remove-key) remove_key ;;
  remove-user) remove_user ;;
  *) fail "no such action: $action." ;;
esac
`;
