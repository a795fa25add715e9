#!/usr/bin/env bash
# What threads share, under jcstress: every interleaving that the machine shows, counted.
#
#   bench/jcstress.sh             # about 10 minutes
#   bench/jcstress.sh --short     # less than a minute
#   bench/jcstress.sh -t Inbox    # only tests whose name matches; more options are jcstress's own
#
# Exit status 1 if an outcome was seen that is forbidden. On x86 a store may only be overtaken by a
# later load: what weaker machines (arm64) may show is not shown there.
#
# Options, as environment variables:
#   SECONDS_MAX=600 (short: 40)
set -euo pipefail

cd "$(dirname "$(readlink -f "$0")")/.."

mode=default
if [ "${1:-}" = --short ]; then
    mode=quick
    : "${SECONDS_MAX:=40}"
    shift
fi
: "${SECONDS_MAX:=600}"

JAVA_HOME=$(./uring --jdk)
export JAVA_HOME
module=bench/jcstress
rm -rf "$module/target/classpath"
mvn -q -B -pl "$module" -am package -Dmaven.test.skip -Dspotless.check.skip

mkdir -p "$module/target/results"
cd "$module/target"
exec "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow -cp "uring-jcstress.jar:classpath/*" \
    org.openjdk.jcstress.Main \
    -jvmArgs "--enable-native-access=ALL-UNNAMED -Dreactor.logging.fallback=JDK -Djava.util.logging.config.file=../logging.properties" \
    -m "$mode" -tb "${SECONDS_MAX}s" -r results "$@"
