#!/bin/sh
# One night for many people on one machine: sh docs/night.sh FOLDER [AT_ONCE]
#
# FOLDER has, for each person, their home NAME/ and the passphrase of their vault in NAME.passphrase, readable by nobody
# else. AT_ONCE people (2 by default) are visited side by side, each in a process of their own: whatever goes wrong for
# one changes nothing for the others. Beside each home it leaves NAME.night.json, the results, and NAME.night.log, and
# prints a line a person with the exit code: 0 all read, 1 a portal failed, 3 the person is needed.
set -eu
folder=${1:?Which folder has the homes?}
at_once=${2:-2}
umask 077

find "$folder" -maxdepth 1 -name '*.passphrase' -print0 | sort -z | xargs -0 -r -n 1 -P "$at_once" sh -c '
    person=${1%.passphrase}
    code=0
    INTOWN_HOME=$person INTOWN_PASSPHRASE=$(cat "$1") intown sync --json \
        >"$person.night.json" 2>"$person.night.log" </dev/null || code=$?
    printf "%s %s\n" "${person##*/}" "$code"
' night
