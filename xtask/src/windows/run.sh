#!/usr/bin/env bash
# Runs a program of tests under the Wine that the first argument names. One that hangs fails after 15 minutes, instead of holding up the lane. Wine loses the
# start of a process now and then: it says so, or nothing at all is printed and the code is 1. That is tried again.
output=$(mktemp) errors=$(mktemp)
trap 'rm -f "$output" "$errors"' EXIT
for _ in 1 2 3; do
    timeout --verbose --kill-after=10 900 "$@" >"$output" 2>"$errors"
    code=$?
    cat "$output"
    cat "$errors" >&2
    grep -q '^wine client error' "$errors" || [[ $code == 1 && ! -s $output && ! -s $errors ]] || break
done
exit $code
