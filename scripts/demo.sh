#!/bin/sh
# The main job, end to end, on a copy of the example project: no account, no server, no network beyond this machine.
set -eu
nango="$PWD/$BIN/nango"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cp -R nango-integrations "$folder"
cd "$folder/nango-integrations"
rm -f .nango/store.sqlite* # what dry runs of yours have kept stays out of it

about() {
    printf '\n\n# %s\n' "$*"
}

say_command() {
    printf '\n$ nango'
    for word; do
        case $word in
            *' '*) printf " '%s'" "$word" ;;
            *) printf ' %s' "$word" ;;
        esac
    done
    echo
}

show() {
    say_command "$@"
    "$nango" "$@"
}

# Records go to stdout, everything else to stderr.
show_three() {
    say_command "$@"
    "$nango" "$@" > "$folder/records"
    sed -n 1,3p "$folder/records"
    echo "... $(wc -l < "$folder/records" | tr -d ' ') records"
}

about "models from nango.yaml, and what is wrong with it"
show generate
sed -n '/^class HubspotOwner/,/updated_at/p' models.py
show check --strict && echo "no problems"

about "Salesforce: an action lists the fields that there are, the metadata says which of them the sync saves"
show dryrun list-fields demo --input '{"model": "Contact"}'
show_three dryrun configured-records demo

about "Box: the metadata selects files and folders, which lie in one another; each file is saved once"
show_three dryrun selected-files demo

about "HubSpot: an action asks the API, until the sync has saved what it needs"
show dryrun list-owners demo --state --input '{"limit": 1}'
show_three dryrun owners demo --state
show dryrun list-owners demo --state --input '{"limit": 1}'
