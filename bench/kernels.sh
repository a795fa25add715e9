#!/usr/bin/env bash
# The doctor and the tests on real kernels, older and newer ones.
#
#   bench/kernels.sh [KERNEL...]
#
# KERNEL is a version, of which the newest Debian package is fetched (6.1, 6.12, 6.17, or one exact
# release), or a kernel image's file. Each is booted in an emulated machine: no KVM, no network
# device, no root, nothing installed. The guest prints the doctor's findings and runs the classes
# listed in bench/kernels/tests. Ends with 0 when every test passed or was skipped on all of them.
#
# Options, as environment variables:
#   LIMIT_SECONDS=2400 (for each kernel)  AWAIT_SECONDS=60 (a test's patience)  CPUS=2
#   TESTS=tests (another list, beside it)  MVN=mvn  DEBIAN_MIRROR=(as apt has it)  URING=./uring
# target/kernels keeps what was fetched and the consoles; remove it to fetch newer kernels.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

PARTS=$ROOT/bench/kernels
CACHE=$ROOT/target/kernels
: "${LIMIT_SECONDS:=2400}" "${AWAIT_SECONDS:=60}" "${CPUS:=2}" "${MVN:=mvn}"
# shellcheck source=kernels/fetch.sh
. "$PARTS/fetch.sh"
# shellcheck source=kernels/guest.sh
. "$PARTS/guest.sh"

# boot IMAGE CONSOLE: runs the guest until it ends or its time is over.
boot() {
    # One thread for all CPUs, and a plain CPU: with a thread for each (QEMU 7.2), a kernel crashed
    # at boot and a JVM in its compiler.
    # tsc=reliable: under emulation the kernel takes the TSC for unstable, and then each look at the
    # clock is a slow one. reboot=t and panic=-1 with -no-reboot: every end ends the machine.
    timeout --kill-after=10 "$LIMIT_SECONDS" nice -n 10 qemu-system-x86_64 \
        -accel tcg,thread=single -machine q35 -cpu Nehalem -smp "$CPUS" -m 2G \
        -kernel "$1" -initrd "$GUEST" \
        -append 'console=ttyS0 loglevel=4 panic=-1 tsc=reliable mitigations=off rdinit=/init' \
        -display none -monitor none -nic none -no-reboot -serial "file:$2" </dev/null &
    STARTED+=("$!")
    # 124 and 137: timeout(1) ended it.
    wait "$!" || [[ $? == 124 || $? == 137 ]] || fail "qemu failed; the console is in $2"
    unset 'STARTED[-1]'
}

# report CONSOLE: what the guest said; returns whether all is well.
report() {
    local clean=$LOGS/console
    tr -d '\r' <"$1" >"$clean"
    sed -n '/^guest: doctor begins/,/^guest: doctor ends/ { /^guest:/d; s/^/  /; p }' "$clean"
    grep -E '^\[ +[0-9]+ tests ' "$clean" | sed 's/^/  /' || true
    # Each failure with its cause, and how many were skipped for which reason.
    awk '/:: FAILED$/ { print "  " $0; failed = 1; next }
        /:: (SKIPPED|ABORTED)$/ { skipped = 1; next }
        failed && NF { sub(/^[ \t]*/, ""); print "      " $0; failed = 0 }
        skipped && NF {
            sub(/^[ \t]*([a-zA-Z0-9.]*Exception: )?(Reason: )?(Assumption failed: )?/, "")
            reasons[$0]++
            skipped = 0
        }
        END { for (reason in reasons) printf "  %5d skipped: %s\n", reasons[reason], reason }' \
        "$clean"
    if ! grep '^guest: end' "$clean" | sed 's/^/  /' | grep .; then
        echo "  the guest did not get to its end (LIMIT_SECONDS is $LIMIT_SECONDS); its last lines:"
        tail -n 20 "$clean" | sed 's/^/    /'
    fi
    grep -q '^guest: end doctor=0 tests=0 ' "$clean"
}

need_whole LIMIT_SECONDS AWAIT_SECONDS CPUS
((LIMIT_SECONDS > 120)) || fail "LIMIT_SECONDS: more than 120 is needed to boot at all"
need qemu-system-x86_64 qemu-system-x86
need busybox busybox-static
need cpio cpio
need ldd libc-bin
[[ $MVN != mvn ]] || need mvn maven
ldd "$(command -v busybox)" >/dev/null 2>&1 &&
    fail "busybox is not the static one; on Debian: apt-get install busybox-static"
[[ $# -gt 0 ]] || set -- 6.1 6.12 6.17
mkdir -p "$CACHE"

IMAGES=()
for kernel; do
    if [[ -f $kernel ]]; then
        IMAGES+=("$kernel")
    else
        [[ $kernel =~ ^[0-9]+(\.[0-9].*)?$ ]] ||
            fail "'$kernel' is neither a version, such as 6.1, nor a file"
        fetch_kernel "$kernel"
        IMAGES+=("$IMAGE")
    fi
done
JDK=$("$URING" --jdk)
build_classes
make_runtime
GUEST=$LOGS/guest.cpio
make_guest "$GUEST"

status=0
for image in "${IMAGES[@]}"; do
    release=${image##*/vmlinuz-}
    console=$CACHE/console-${release//\//-}
    printf '\n%s (console: %s)\n' "$release" "$console"
    boot "$image" "$console"
    report "$console" || status=1
done
exit "$status"
