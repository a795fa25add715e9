#!/usr/bin/env bash
# A server at full load for a long time, with connections that come and go: what it holds must not grow.
#
#   bench/soak.sh                       # 30 minutes with default options
#   bench/soak.sh --time 2m             # shorter
#   bench/soak.sh --every-option        # SQPOLL, direct descriptors, bundles and the rest at once
#
# Heap after a collection, direct and resident memory, descriptors and operations in flight, 60 times.
# Exit status 1 if the mean of the last third is more than 2 % above that of the first, or a request fails.
set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=contest.sh
. "$ROOT/bench/contest.sh"

use_jdk
build_modules bench/endurance
endurance soak "$@"
