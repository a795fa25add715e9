#!/usr/bin/env bash
# A server under every valid combination of SQPOLL, accepts, descriptors, receive modes and rings: each
# serves requests over connections that stay and connections that come and go.
#
#   bench/matrix.sh                     # 1,000,000 requests of the full stack and of each one without
#                                       # SQPOLL, 100,000 of the others: about 15 minutes
#   bench/matrix.sh --pairwise --requests 20000     # few in which every two values meet, a minute
#   bench/matrix.sh --only "2 rings"    # those with this in their name
#   bench/matrix.sh --save              # writes bench/results/matrix.tsv
#
# Exit status 1 if one hung (5 s without progress: the rings are dumped), failed, or left anything behind.
set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=contest.sh
. "$ROOT/bench/contest.sh"

arguments=()
saved=
for argument; do
    case $argument in
    --save) saved=$LOGS/matrix.tsv arguments+=(--save "$LOGS/matrix.tsv") ;;
    *) arguments+=("$argument") ;;
    esac
done

use_jdk
build_modules bench/endurance
endurance matrix ${arguments[@]+"${arguments[@]}"}
if [[ -n $saved ]]; then
    { print_environment | sed '/^placement/d; s/^/# /' && cat "$saved"; } >"$ROOT/bench/results/matrix.tsv"
    echo "written: bench/results/matrix.tsv"
fi
