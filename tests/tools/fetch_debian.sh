#!/usr/bin/env bash
# Fetch real programs for the tests from this machine's own Debian (or Ubuntu) sources and unpack them into .debian/.
#
# Needs no root, installs nothing, starts no service, changes nothing outside .debian/.
# What cannot be had fails nothing: the reason goes to .debian/UNAVAILABLE-<tool>, this script still ends with 0, and the
# tests that want the tool are skipped with that reason, loudly (debian.py, and the summary of tests/conftest.py).
#
#   .debian/<tool>/       what the package holds, with the libraries that this machine lacks
#   .debian/bin/<name>    starts one program of it; there only when it was seen to run
set -euo pipefail
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

only="${1:-}" # one tool, or all of them
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/.debian"
log="$home/.log"
lists=machine # or own
lists_why=
apt_options=(
    -qq
    -o APT::Sandbox::User=root # root's apt would download as a user who may not write here
    -o Acquire::Retries=2
    -o Acquire::http::Timeout=30
    -o Acquire::https::Timeout=30
)

say() { printf '%s\n' "$*" >&2; }

apt() { timeout 600 apt-get "${apt_options[@]}" "$@"; }

# The machine's package lists may be missing, or too old to download from: read our own, once. apt calls it a success when
# it read none, so what it warned of is kept for the reason.
read_lists() {
    lists=own
    say "Reading Debian's package lists into .debian/"
    mkdir -p "$home/.apt/lists/partial" "$home/.apt/cache/archives/partial"
    apt_options+=(-o "Dir::State::lists=$home/.apt/lists" -o "Dir::Cache=$home/.apt/cache" -o Debug::NoLocking=1)
    apt update >"$log" 2>&1 || true
    lists_why=$(grep -m1 -E '^(E|W): ' "$log" | sed 's,//[^/@ ]*@,//***@,' | cut -c1-300) || true
    lists_why=${lists_why:+; reading the package lists: $lists_why}
}

# download FOLDER PACKAGE...
download() {
    local folder=$1
    shift
    if (cd "$folder" && apt download "$@") >"$log" 2>&1; then return 0; fi
    # Lists of our own are as new as they come: then the log already says why.
    [[ $lists == machine ]] || return 1
    read_lists
    (cd "$folder" && apt download "$@") >"$log" 2>&1
}

# What installing PACKAGE would bring to this machine, as far as a program unpacked beside it can use it. Never the C
# library: a second one cannot be mixed into a running system.
missing_libraries() {
    apt -s --no-install-recommends install "$1" 2>>"$log" | awk -v package="$1" '
        $1 == "Inst" && $2 != package && $2 ~ /^(lib|zlib|chromium-common|font)/ && $2 !~ /^libc(6|-bin|-l10n)/ { print $2 }'
}

# unpack FOLDER: every package file in it, into FOLDER/root.
unpack() {
    local file
    for file in "$1"/*.deb; do
        dpkg -x "$file" "$1/root" >"$log" 2>&1 || return 1
        rm -f "$file"
    done
}

# Write the starter of PROGRAM (a path inside the package) as NAME: write_starter TOOL NAME PROGRAM > file
write_starter() {
    cat <<STARTER
#!/bin/sh
# Written by tests/tools/fetch_debian.sh.
root=\$(cd "\$(dirname "\$0")/../$1" && pwd) || exit 126
libraries=
for folder in "\$root"/usr/lib/*-linux-gnu* "\$root"/lib/*-linux-gnu*; do
    [ -d "\$folder" ] && libraries="\$libraries\$folder:\$folder/nss:\$folder/pulseaudio:\$folder/systemd:"
done
[ -z "\$libraries" ] || export LD_LIBRARY_PATH="\${libraries%:}\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
# A machine without fonts draws with those that came along.
if [ ! -e /etc/fonts/fonts.conf ] && [ -e "\$root/fonts.conf" ]; then export FONTCONFIG_FILE="\$root/fonts.conf"; fi
if [ -d "\$root/usr/share/prometheus/alertmanager" ]; then exec 9<"\$root/usr/share/prometheus/alertmanager"; fi
exec "\$root/$3" "\$@"
STARTER
}

# Debian's Alertmanager reads its templates from a path that is built in. Nothing is installed here, so the unpacked copy is
# pointed at a folder that its starter holds open, by a path of the same length.
find_templates_here() {
    local program=$1/usr/bin/prometheus-alertmanager
    [[ -e $program ]] || return 0
    LC_ALL=C sed -i 's|/usr/share/prometheus/alertmanager\([^/]\)|/proc/self/fd/9/./././././././././\1|' "$program"
}

write_fonts() {
    cat <<FONTS
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">usr/share/fonts</dir>
  <cachedir prefix="relative">.fontcache</cachedir>
</fontconfig>
FONTS
}

# Whether the starter's program runs: `runs TOOL FILE`. A program that misses a library ends with 127 before its first line.
runs() {
    local status=0
    if [[ $1 == chromium ]]; then
        # Not only its linked libraries: TLS and fonts are loaded when they are first wanted.
        timeout 60 "$2" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
            --user-data-dir="$home/.new/profile" --dump-dom 'data:text/html,<p>it draws</p>' >"$log" 2>&1 </dev/null || return 1
        grep -q '<p>it draws</p>' "$log"
        return
    fi
    timeout 60 "$2" --version >"$log" 2>&1 </dev/null || status=$?
    ((status < 124))
}

# try_package TOOL PACKAGE[+PACKAGE] NAME=PROGRAM...: leave TOOL unpacked in .debian/ with its starters, or fail with the reason in the log.
try_package() {
    local tool=$1 package=$2 pair
    shift 2
    rm -rf "$home/.new"
    mkdir -p "$home/.new/root" "$home/.new/bin"
    # What is one program to its users may be two packages: a server, and its tools.
    local parts=("${package%%+*}")
    [[ $package != *+* ]] || parts+=("${package#*+}")
    say "Fetching ${parts[*]}"
    download "$home/.new" "${parts[@]}" && unpack "$home/.new" || return 1
    write_fonts >"$home/.new/root/fonts.conf"
    find_templates_here "$home/.new/root"
    # The starters expect ../TOOL beside their folder, in the trial as in the end.
    ln -s root "$home/.new/$tool"
    for pair in "$@"; do
        # A path may hold a star, where it names the release.
        local program
        program=$(cd "$home/.new/root" && compgen -G "${pair#*=}") || {
            echo "E: the package $package holds no ${pair#*=}" >"$log"
            return 1
        }
        write_starter "$tool" "${pair%%=*}" "$program" >"$home/.new/bin/${pair%%=*}"
        chmod +x "$home/.new/bin/${pair%%=*}"
    done
    if ! all_run "$tool"; then
        local libraries
        # shellcheck disable=SC2207 # package names hold no blanks
        libraries=($(missing_libraries "${parts[0]}")) || return 1
        ((${#libraries[@]})) || return 1
        say "Fetching ${#libraries[@]} libraries that $package needs here"
        download "$home/.new" "${libraries[@]}" && unpack "$home/.new" && all_run "$tool" || return 1
    fi
    rm -rf "${home:?}/$tool"
    mv "$home/.new/root" "$home/$tool"
    mv "$home/.new/bin"/* "$home/bin/"
    rm -rf "$home/.new"
}

all_run() {
    local starter
    for starter in "$home/.new/bin"/*; do runs "$1" "$starter" || return 1; done
}

# The line of the log that says why, whoever wrote it.
reason() {
    local line
    line=$(grep -m1 -E '^E: |error|cannot|not found' "$log" || tail -n1 "$log") || true
    printf "%s" "${line:-it ended without a word}" | sed "s,//[^/@ ]*@,//***@," | cut -c1-300
}

# provide TOOL "PACKAGE..." NAME=PROGRAM...: the first of the packages that can be had and runs.
provide() {
    local tool=$1 packages=$2 pair package present=yes
    [[ -z $only || $only == "$tool" ]] || return 0
    shift 2
    for pair in "$@"; do [[ -x $home/bin/${pair%%=*} && -d $home/$tool ]] || present=no; done
    rm -f "$home/UNAVAILABLE-$tool"
    [[ $present == no ]] || return 0
    local why="apt-get and dpkg are not here: this is no Debian"
    if command -v apt-get >/dev/null && command -v dpkg >/dev/null; then
        for package in $packages; do
            if try_package "$tool" "$package" "$@"; then return 0; fi
            why="the package $package could not be used: $(reason)$lists_why"
        done
    fi
    rm -rf "$home/.new"
    printf '%s\n' "$why" >"$home/UNAVAILABLE-$tool"
    say "No $tool: $why"
}

mkdir -p "$home/bin"
# Two runs at once (two terminals) would unpack over each other.
if command -v flock >/dev/null; then
    exec 9>"$home/.lock"
    flock 9
fi

provide prometheus prometheus prometheus=usr/bin/prometheus promtool=usr/bin/promtool
provide prometheus-alertmanager prometheus-alertmanager \
    prometheus-alertmanager=usr/bin/prometheus-alertmanager amtool=usr/bin/amtool
provide wrk wrk wrk=usr/bin/wrk
provide pgbouncer pgbouncer pgbouncer=usr/sbin/pgbouncer
# The server and its tools, of the release that this Debian or Ubuntu has. No service: the tests start servers of their own.
provide postgresql "postgresql-15+postgresql-client-15 postgresql-17+postgresql-client-17 \
    postgresql-16+postgresql-client-16 postgresql-18+postgresql-client-18 postgresql-14+postgresql-client-14" \
    postgres='usr/lib/postgresql/*/bin/postgres' initdb='usr/lib/postgresql/*/bin/initdb' \
    pg_basebackup='usr/lib/postgresql/*/bin/pg_basebackup'
# Nothing of it is started but the checker of unit files, which needs no systemd.
provide systemd systemd systemd-analyze=usr/bin/systemd-analyze
# The shell without windows is the same engine with half the libraries; older releases have only the whole browser.
if [[ -x $home/bin/chromium ]]; then
    rm -f "$home/UNAVAILABLE-chromium"
else
    provide chromium chromium-headless-shell chromium=usr/lib/chromium/chromium-headless-shell
    [[ -x $home/bin/chromium ]] || provide chromium chromium chromium=usr/lib/chromium/chromium
fi
rm -f "$log"
