# Sourced by scripts/lab-kernel, scripts/setup and scripts/test: what this kernel can do, which kernel to run, where.

# can_esp [UNSHARE OPTION...]: adds an ESP SA in a network namespace of its own and reads it back. Asking for the
# version or for modules would not do: kernels are built without ESP, and modules may be missing.
can_esp() {
  unshare --net "$@" sh -c '
    ip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x100 mode transport \
      aead "rfc4106(gcm(aes))" 0x000102030405060708090a0b0c0d0e0f10111213 128 &&
    ip xfrm state | grep -qF "rfc4106(gcm(aes))"' > /dev/null 2>&1
}

# can_full: the further features that --full promises, as far as they can be asked for.
can_full() {
  unshare --net sh -c '
    ip link set lo up && ip link add ipsec0 type xfrm dev lo if_id 1 &&
    ip link add veth0 type veth peer name veth1 &&
    if command -v nft; then nft add table inet probe && nft add table netdev probe; fi' > /dev/null 2>&1
}

# choose_way FULL: prints direct or uml, says why not on stderr. FULL is empty, any, or a version.
choose_way() {
  local full=$1 root=''
  [ "$(id -u)" -ne 0 ] || root=yes
  case ${GKM_LAB:-} in
    uml) echo uml; return ;;
    direct)
      [ -n "$root" ] || { echo "lab-kernel: GKM_LAB=direct needs root" >&2; return 1; }
      echo direct; return ;;
    '') ;;
    *) echo "lab-kernel: GKM_LAB=$GKM_LAB: write direct or uml" >&2; return 1 ;;
  esac
  case $full in
    '' | any)
      if [ -n "$root" ]; then
        if can_esp && { [ -z "$full" ] || can_full; }; then echo direct; return; fi
      elif can_esp --map-root-user; then
        echo "lab-kernel: this kernel has ESP; as root the command would run on it directly. Using user-mode Linux." >&2
      fi ;;
  esac
  echo uml
}

# fragment_key: names the kernel configuration, so that a changed one is never answered from the cache.
fragment_key() {
  sha256sum "$(dirname "${BASH_SOURCE[0]}")/lab-kernel.config" | cut -c1-12
}

lab_cache() { echo "${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/gkm/lab-kernel"; }

# find_uml FULL: prints the path of the user-mode kernel to run.
find_uml() {
  local full=$1 found=''
  if [ -z "$full" ]; then
    command -v linux.uml && return
    echo "lab-kernel: this kernel has no ESP and there is no linux.uml: run scripts/setup (package user-mode-linux)" >&2
    return 1
  fi
  [ "$full" != any ] || full=6.1
  found=$(find "$(lab_cache)" -maxdepth 1 -type f -name "linux-$full.*-$(fragment_key)" 2>/dev/null | sort -V | tail -n 1)
  if [ -z "$found" ]; then
    echo "lab-kernel: no $full kernel in $(lab_cache) for this configuration: run scripts/setup --lab" >&2
    return 1
  fi
  echo "$found"
}

# pick_cpu: the allowed CPU with the fewest lab kernels on it; among equals the one that was idle most just now.
# User-mode Linux is 2 to 3 times faster when its processes never change the CPU.
pick_cpu() {
  local cpus cpu lab labs idle before=() best='' best_labs=0 best_idle=0
  mapfile -t cpus < <(allowed_cpus)
  for cpu in "${cpus[@]}"; do before[cpu]=$(idle_ticks "$cpu"); done
  sleep 0.05
  local pinned=' '
  for lab in $(grep -lzs '^uml_dir=.*gkm-lab' /proc/[0-9]*/cmdline || true); do
    pinned+="$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "${lab%cmdline}status" 2>/dev/null) "
  done
  for cpu in "${cpus[@]}"; do
    labs=$(grep -o " $cpu " <<< "${pinned// /  }" | wc -l)
    idle=$(($(idle_ticks "$cpu") - before[cpu]))
    if [ -z "$best" ] || [ "$labs" -lt "$best_labs" ] ||
      { [ "$labs" -eq "$best_labs" ] && [ "$idle" -gt "$best_idle" ]; }; then
      best=$cpu best_labs=$labs best_idle=$idle
    fi
  done
  echo "$best"
}

allowed_cpus() {
  local range
  for range in $(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status | tr , ' '); do
    seq "${range%-*}" "${range#*-}"
  done
}

idle_ticks() { awk -v cpu="cpu$1" '$1 == cpu { print $5 + $6 }' /proc/stat; }
