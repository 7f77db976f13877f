# Sourced by scripts/setup --lab: gets Debian's kernel source and builds the full lab kernel from it, once.

# build_lab VERSION: 6.1 is Debian 12's own kernel, 7.3 comes from trixie-backports.
build_lab() {
  local line=$1 version target archive sources
  want flex "the kernel's configuration parser" has flex
  want bison "the kernel's configuration parser" has bison
  want bc "computes the kernel's time constants" has bc
  want build-essential "compiles the kernel" has gcc
  want make "drives the kernel's build" has make
  want xz-utils "unpacks the kernel's source" has xz
  [ "$line" != 6.1 ] || want linux-source-6.1 "the source of the lab kernel" installed linux-source-6.1
  install_missing

  if [ "$line" = 6.1 ]; then
    version=$(dpkg-query -W -f '${Version}' linux-source-6.1)
    archive=/usr/src/linux-source-6.1.tar.xz
  else
    sources=$(mktemp -d)
    # shellcheck disable=SC2064 # the directory of now
    trap "rm -rf '$sources'" EXIT
    say "fetches linux-source-$line from trixie-backports (the system's own apt configuration stays as it is)"
    fetch_source "$line" "$sources" || fail "linux-source-$line is not to be had here"
    version=$(dpkg-deb -f "$sources"/linux-source-*.deb Version)
    archive=$sources/usr/src/linux-source-$line.tar.xz
  fi
  target=$(lab_cache)/linux-$version-$(fragment_key)
  # Named by the kernel line too, whatever the package's version looks like.
  [[ $version == "$line".* ]] || fail "linux-source-$line is version $version?"
  if [ -x "$target" ]; then
    say "the $line lab kernel is there: $target"
  else
    "$here/lib/build-lab-kernel" "$archive" "$here/lib/lab-kernel.config" "$target" || fail "the kernel did not build"
  fi
}

# fetch_source LINE DIR: unpacks linux-source-LINE below DIR, with an apt configuration of its own.
fetch_source() {
  local line=$1 dir=$2
  mkdir -p "$dir"/{lists/partial,cache/archives/partial,etc/preferences.d}
  cat > "$dir/etc/sources.list" <<EOF
deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie-backports main
EOF
  cat > "$dir/apt.conf" <<EOF
Dir::State::lists "$dir/lists";
Dir::State::status "/dev/null";
Dir::Cache "$dir/cache";
Dir::Etc::sourcelist "$dir/etc/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferencesparts "$dir/etc/preferences.d";
APT::Sandbox::User "root";
EOF
  (cd "$dir" && export APT_CONFIG=$dir/apt.conf &&
    apt-get -q update && apt-get -q download "linux-source-$line" && dpkg-deb -x linux-source-*.deb .) > "$dir/log" 2>&1 ||
    { tail -n 5 "$dir/log" >&2; return 1; }
}
