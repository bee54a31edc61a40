#!/usr/bin/env bash
# Runs a program of tests under the Wine that the first argument names. One that hangs fails after 15 minutes, instead of holding up the lane. Wine loses the
# start of a process now and then, and says so or ends with 1, as no test does that fails (101): that is tried again.
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
for _ in 1 2 3; do
    timeout --verbose --kill-after=10 900 "$@" 2>"$errors"
    code=$?
    cat "$errors" >&2
    grep -q '^wine client error' "$errors" || [ "$code" -eq 1 ] || break
done
exit $code
