#!/bin/sh
# The main job, end to end, on the example project: no account, no server, no network beyond this machine.
set -eu
nango="$PWD/$BIN/nango"
cd nango-integrations

show() {
    printf '\n$ nango %s\n' "$*"
    "$nango" "$@"
}

show generate
grep -E '^class' models.py
show check && echo "no problems"
show dryrun pull-requests demo --integration-id github
show dryrun create-pull-request demo --integration-id github \
    --input '{"owner": "octo-org", "repo": "hello-world", "title": "Fix the typo", "head": "typo", "base": "main"}'
