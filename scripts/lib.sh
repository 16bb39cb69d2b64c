# shellcheck shell=bash
# Shared functions of the scripts: paths, messages, and installation of system packages. Sourced,
# never run.

set -euo pipefail
# Nobody is present to answer a prompt.
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"

# The leg: the Wagtail version. 7.4 is the LTS version for development.
LEG="${LEG:-7.4}"
case "$LEG" in
    7.4) VENV="$ROOT/.venv" ;;
    8.0) VENV="$ROOT/.venv-8.0" ;;
    *) echo "LEG is 7.4 or 8.0, not '$LEG'." >&2; exit 2 ;;
esac
# An existing, complete environment elsewhere can be used instead.
VENV="${SOCIALEKAART_VENV:-$VENV}"
LOCK="$ROOT/requirements/wagtail-$LEG.txt"
VAR="${VAR_DIR:-$ROOT/var}"

say() { printf '==> %s\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Run a command as root: directly, or through sudo if it needs no password.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }
}

# Print the first of these Debian packages that apt knows, or the first one.
known_package() {
    local each
    for each in "$@"; do
        if has apt-cache && apt-cache show "$each" >/dev/null 2>&1; then echo "$each"; return; fi
    done
    echo "$1"
}

# apt_install WHAT_FOR PACKAGE...: install Debian packages, or report in one line what is missing.
apt_install() {
    local purpose="$1" lists=/var/lib/apt/lists
    shift
    may_install || fail "$purpose needs a system package. Install it and try again: sudo apt-get install $*"
    say "Installing $* ($purpose)"
    # The package list may be missing or outdated.
    if ! ls "$lists"/*_Packages* >/dev/null 2>&1 || ! as_root apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1; then
        as_root apt-get update -qq >&2
        as_root apt-get install -y -qq --no-install-recommends "$@" >&2 || fail "apt could not install $*"
    fi
}

# Print a Python 3.11 or newer: python3 if it is new enough, else the newest other one.
find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if has "$name" && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Python 3.11 or newer is needed, and $(python3 --version 2>/dev/null || echo 'no python3') is what is here."
}

# Run a Python module or script in the environment of this leg.
venv_python() { "$VENV/bin/python" "$@"; }
