#!/usr/bin/env bash
# Looks for bytes that this HTTP server takes and that Netty's decoder or Jetty's parser reads
# differently: another method, target or field, another end of a body, or not at all; and for bytes
# that mean something else to the server when they arrive in two pieces. By Jazzer, guided by
# coverage, on one core.
#
#   bench/fuzz.sh                # 600 s
#   bench/fuzz.sh 60             # 60 s
#
# Exit status 1 if something was found: its bytes are printed and stored in target/fuzz/findings.
# What was reached is kept in target/fuzz/corpus, where the next run goes on.
set -euo pipefail

export LC_ALL=C
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
SECONDS_MAX=${1:-600}
readonly MODULE=$PWD/uring-reactive/http
readonly HERE=$PWD/target/fuzz
readonly HTTP=io.uringreactive.http
readonly NETTY=io.netty.handler.codec.http
readonly JETTY=org.eclipse.jetty

# Those whose branches are to be reached; everything else would only cost.
readonly COVERED="$HTTP.WireCheck:$HTTP.HeadCheck:$HTTP.LineCheck:$HTTP.ChunkCheck:$HTTP.TargetCheck\
:$HTTP.StrictHandler:$HTTP.HeadReader:$HTTP.DirectHead:$HTTP.Http1Connection:$HTTP.RequestPieces\
:$NETTY.HttpObjectDecoder:$NETTY.HttpObjectDecoder.**:$NETTY.HttpUtil:$NETTY.HttpHeaderValidationUtil\
:$NETTY.HttpChunkLineValidatingByteProcessor:$JETTY.http.HttpParser:$JETTY.util.HostPort"

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 2
}

[[ $SECONDS_MAX =~ ^[1-9][0-9]*$ ]] || fail "how many seconds: '$SECONDS_MAX'?"
command -v mvn >/dev/null || fail "Maven is missing; on Debian: apt-get install maven"

JAVA_HOME=$(./uring --jdk)
export JAVA_HOME
export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
rm -rf "$HERE/seeds" "$HERE/findings"
mkdir -p "$HERE/corpus" "$HERE/findings"
# shellcheck disable=SC2086
mvn --quiet --batch-mode --no-transfer-progress ${MAVEN_ARGUMENTS:-} -pl uring-reactive/http -am \
    test-compile dependency:build-classpath -DincludeScope=test \
    -Dmdep.outputFile=target/test-classpath -Dspotless.check.skip >"$HERE/build.log" 2>&1 || {
    tail -n 30 "$HERE/build.log" >&2
    fail "the build failed"
}
CLASSPATH=$MODULE/target/test-classes:$MODULE/target/classes:$(cat "$MODULE/target/test-classpath")
# Leaks are the tests' to find: here the detector would be most of the work.
java=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -ea -Xmx1g -XX:+UseSerialGC
    -XX:+EnableDynamicAgentLoading --sun-misc-unsafe-memory-access=allow
    -Dio.netty.leakDetection.level=disabled -Dio.netty.allocator.type=unpooled
    -Dreactor.logging.fallback=JDK -cp "$CLASSPATH")

"${java[@]}" "$HTTP.WireCorpus" seeds "$HERE/seeds" "$HERE/dictionary"
status=0
"${java[@]}" com.code_intelligence.jazzer.Jazzer --target_class="$HTTP.WireFuzz" \
    --mutator_framework=false --instrumentation_includes="$COVERED" \
    --custom_hook_includes="$COVERED" --coverage_report="$HERE/coverage.txt" \
    --reproducer_path="$HERE" -- -max_total_time="$SECONDS_MAX" -max_len=1024 -timeout=20 \
    -dict="$HERE/dictionary" -artifact_prefix="$HERE/findings/" -print_final_stats=1 \
    "$HERE/corpus" "$HERE/seeds" >"$HERE/log" 2>&1 || status=$?

findings=("$HERE"/findings/*)
if [ -e "${findings[0]}" ]; then
    sed -n '/^== Java Exception/,/^DEDUP_TOKEN/p' "$HERE/log"
    echo "fuzz.sh: found, and stored in target/fuzz/findings:"
    "${java[@]}" "$HTTP.WireCorpus" show "${findings[@]}"
    exit 1
fi
if [ "$status" != 0 ]; then
    tail -n 30 "$HERE/log" >&2
    fail "the fuzzer ended with status $status"
fi
grep -E '^#[0-9]+.*DONE|^stat::(number|average)' "$HERE/log"
echo "fuzz.sh: nothing found in $SECONDS_MAX s"
