#!/bin/bash
# Records the netlink messages of ip(8) for XFRM or rtnetlink, and the kernel's answers, as the byte-exact vectors of the
# tests.
#
#   scripts/lab-kernel --out DIR -- bash netlink-xfrm/src/test/capture/capture.sh DIR
#   scripts/lab-kernel --full --out DIR -- bash netlink-xfrm/src/test/capture/capture.sh DIR ROUTE
#
# DIR is src/test/resources/io/gkm/netlink/xfrm/captures, or .../route/captures. Needs root, iproute2, strace and an existing directory; works
# in a network namespace of its own that ends with the script. On a kernel without ESP the requests are the same,
# only most answers about SAs become errors.
#
# NAME.hex        the requests: the ip command, what the kernel said to it, then hex, 32 octets a line
# NAME.reply.hex  the answers of a get or dump, each received datagram after a line "# datagram"
#
# Octets are as on the wire between ip and this machine's kernel (little endian integers where the kernel's own byte
# order applies), but for nlmsg_seq: ip counts from the time of day, so it is zero here, in the copy of the request's
# header within NLMSG_ERROR too. In answers nlmsg_pid (ip's port) and times of creation and use differ with every run.
set -euo pipefail

die() { echo "capture: $1" >&2; exit 1; }

[ $# -ge 1 ] && [ -d "$1" ] || die "usage: capture.sh DIRECTORY [XFRM|ROUTE]"
family=${2:-XFRM}
here=$(dirname "$(realpath "$0")")
if [ -z "${CAPTURE_INSIDE:-}" ]; then
  CAPTURE_INSIDE=1 exec unshare --net -- bash "$0" "$1" "$family"
fi
out=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
system="$(ip -V | sed 's/.*\(iproute2-[^,]*\).*/\1/'), Linux $(uname -r)"

# The command as one would type it.
typed() {
  local word line=''
  for word in "$@"; do
    case $word in *[\(\)]*) word="'$word'" ;; esac
    line+="${line:+ }$word"
  done
  printf '%s\n' "$line"
}

# What NAME's trace holds of one direction: "request" or "reply".
messages() { awk -v want="$2" -v family="$family" -f "$here/netlink-octets.awk" "$work/$1"; }

# capture NAME COMMAND...: the requests of COMMAND into NAME.hex.
capture() {
  local name=$1 said=accepted
  shift
  strace -o "$work/$name" -yy -e trace=sendmsg,sendto,recvmsg -xx -s 65535 -e read=all -e write=all \
    "$@" > "$work/printed" 2> "$work/complaint" || said=$(tr '\n' ' ' < "$work/complaint")
  {
    printf '# '
    typed "$@"
    printf '# %s: %s\n# nlmsg_seq is set to zero\n' "$system" "${said% }"
    messages "$name" request
  } > "$out/$name.hex"
  grep -q '^[0-9a-f]' "$out/$name.hex" || die "$name: nothing was sent: $said"
  [ "$said" = accepted ] || echo "capture: $name: $said" >&2
}

# ask NAME COMMAND...: the same with the answers, in NAME.reply.hex.
ask() {
  local name=$1
  capture "$@"
  {
    sed -n 's/^#/#/p' "$out/$name.hex"
    messages "$name" reply
  } > "$out/$name.reply.hex"
  grep -q '^[0-9a-f]' "$out/$name.reply.hex" || die "$name: nothing came back"
}

# A fresh start before each case, not recorded.
clean() {
  ip xfrm state flush
  ip xfrm policy flush
}
# A step before a case. A kernel without ESP refuses the SAs; the case's request is worth having all the same.
prepare() { "$@" || echo "capture: this step failed: $*" >&2; }
# send ADDRESS PORT TEXT: one UDP datagram.
send() { echo "$3" > "/dev/udp/$1/$2"; }
add_sa() { clean; capture "$@"; }
add_policy() { clean; capture "$@"; }

# Selectors and lookups name this interface; its index shows in the messages.
ip link set lo up
ip link add gkm0 index 7 type veth peer name gkm1
ip address add 10.1.2.3/16 dev gkm0
ip link set gkm0 up
ip link set gkm1 up
ip route add 224.0.0.0/4 dev gkm0

rm -f "$out"/*.hex
if [ "$family" = ROUTE ]; then
  # shellcheck source=links.sh
  . "$here/links.sh"
else
  # shellcheck source=states.sh
  . "$here/states.sh"
  # shellcheck source=policies.sh
  . "$here/policies.sh"
fi
echo "capture: $(find "$out" -name '*.hex' | wc -l) files by $system"
