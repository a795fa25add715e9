# Kernels from Debian's packages, into a cache of our own; to be sourced by bench/kernels.sh.
# Nothing is installed and nothing needs root: apt works on a state directory of its own.

SUITES=(bookworm bookworm-backports trixie trixie-backports sid)
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# The mirror that this machine's apt uses for Debian's main archive.
debian_mirror() {
    if [[ -n ${DEBIAN_MIRROR:-} ]]; then
        echo "$DEBIAN_MIRROR"
        return
    fi
    apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Identifier: Packages' 2>/dev/null |
        awk '$1 == "Debian" && $2 ~ /\/debian\/?$/ { print $2; exit }'
}

# private_apt PROGRAM ARGUMENTS...: an apt program that knows the suites above and nothing else.
private_apt() {
    local program=$1
    shift
    "$program" -o Dir::Etc::sourcelist="$APT/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State="$APT/state" -o Dir::State::status=/dev/null -o Dir::Cache="$APT/cache" \
        -o APT::Architecture=amd64 -o APT::Sandbox::User= "$@"
}

# Fetches the suites' lists of packages, once.
read_lists() {
    local mirror suite
    APT=$CACHE/apt
    [[ -e $APT/complete ]] && return
    need apt-get apt
    [[ -e $KEYRING ]] || fail "$KEYRING is missing; on Debian: apt-get install debian-archive-keyring"
    mirror=$(debian_mirror)
    [[ -n $mirror ]] ||
        fail "apt has no source of Debian's here; set DEBIAN_MIRROR to the address of a mirror"
    rm -rf "$APT"
    mkdir -p "$APT/state/lists/partial" "$APT/cache/archives/partial"
    for suite in "${SUITES[@]}"; do
        echo "deb [signed-by=$KEYRING] $mirror $suite main"
    done >"$APT/sources.list"
    echo "reading the lists of packages of ${SUITES[*]} ..." >&2
    private_apt apt-get -qq update >&2 || fail "the lists of packages could not be read"
    touch "$APT/complete"
}

# newest_release PREFIX: the newest packaged release, such as 6.12.95+deb12-cloud-amd64 for 6.12.
# The cloud variant: it is small and has all that a virtual machine needs.
newest_release() {
    private_apt apt-cache pkgnames linux-image- |
        sed -n 's/^linux-image-\([0-9]*\.[0-9]*\.[0-9].*-cloud-amd64\)$/\1/p' |
        awk -v prefix="$1" 'index($0, prefix) == 1 &&
            substr($0, length(prefix) + 1, 1) ~ /[-+.]/' |
        sort -V | tail -n 1
}

# fetch_kernel PREFIX: sets IMAGE to the file of the newest kernel of that version.
fetch_kernel() {
    local release package found file
    found=("$CACHE/$1"/vmlinuz-*)
    if [[ ! -e ${found[0]} ]]; then
        read_lists
        need dpkg-deb dpkg
        release=$(newest_release "$1")
        [[ -n $release ]] || fail "no package of a kernel $1 in ${SUITES[*]}"
        # Since Linux 7 the image's package is empty and linux-binary has the file.
        package=linux-binary-$release
        [[ -n $(private_apt apt-cache pkgnames "$package") ]] || package=linux-image-$release
        echo "fetching $package ..." >&2
        rm -rf "$CACHE/$1.tmp"
        mkdir -p "$CACHE/$1.tmp"
        (cd "$CACHE/$1.tmp" && private_apt apt-get -qq download "$package") >&2 ||
            fail "package $package could not be fetched"
        file=("$CACHE/$1.tmp"/*.deb)
        dpkg-deb --fsys-tarfile "${file[0]}" |
            tar -x -C "$CACHE/$1.tmp" --wildcards '*/vmlinuz*' ||
            fail "package $package holds no kernel"
        mkdir -p "$CACHE/$1"
        find "$CACHE/$1.tmp" -name 'vmlinuz*' -type f \
            -exec mv {} "$CACHE/$1/vmlinuz-$release" \;
        rm -rf "$CACHE/$1.tmp"
        found=("$CACHE/$1"/vmlinuz-*)
    fi
    IMAGE=${found[0]}
}
