# Reads strace's dumps (-yy -e read=all -e write=all) of netlink sockets of one family (XFRM, ROUTE); prints the
# messages of one direction.
# want=request: every message sent, want=reply: every datagram received, with a comment before each datagram.
# Every nlmsg_seq becomes zero. ip's sockets of other netlink families are left out, so are its MSG_PEEK size probes.

function number(at, octets,   value) { # little endian, as on the machine that recorded
  value = 0
  while (octets-- > 0) value = value * 256 + digit(at + octets)
  return value
}
function digit(at) {
  return 16 * (index("0123456789abcdef", substr(octet[at], 1, 1)) - 1) + index("0123456789abcdef", substr(octet[at], 2, 1)) - 1
}
function zero(at,   i) { for (i = 0; i < 4; i++) octet[at + i] = "00" }

function flush_datagram(   at, size, i) {
  if (count == 0) return
  for (at = 0; at < count; at += int((size + 3) / 4) * 4) {
    size = number(at, 4)
    if (at > 0 && size == 0) { count = at; break } # ip sends some requests with zeros behind them
    if (size < 16 || at + size > count) { print "bad nlmsg_len " size " at " at > "/dev/stderr"; exit 1 }
    zero(at + 8)
    if (number(at + 4, 2) == 2 && size >= 36) zero(at + 28) # NLMSG_ERROR: errno, then the header of the request
  }
  if (want == "reply") print "# datagram"
  for (i = 0; i < count; i++) printf "%s%s", octet[i], (i % 32 == 31 || i == count - 1) ? "\n" : ""
  count = 0
}

/^(sendmsg|sendto|recvmsg)\(/ {
  flush_datagram()
  # strace does not name the family of rtnetlink, whose number is 0.
  socket = family == "ROUTE" ? "(ROUTE:)?[0-9]" : family
  taking = $0 ~ "^[a-z]*[(][0-9]+<NETLINK:\\[" socket && !/MSG_PEEK/ && (want == "request") == /^send/
}
/^ \| / && taking { # " | 00010  16 octets in two groups  their characters |"
  pairs = split(substr($0, 11, 49), pair, " ")
  for (p = 1; p <= pairs; p++) octet[count++] = pair[p]
}
END { flush_datagram() }
