# shellcheck shell=bash
# Policies: what capture.sh records of `ip xfrm policy`. The lowest three bits of an index are the direction (in 0, out 1,
# fwd 2), the kernel insists.
flow=(src 10.1.0.0/16 dst 239.5.6.7/32 proto udp sport 5004 dport 6005)
flow6=(src 2001:db8::/48 dst ff15::5:6:7/128 proto udp sport 5004 dport 6005)
tmpl=(tmpl src 10.1.2.3 dst 239.5.6.7 proto esp spi 0x11223344 mode transport reqid 0x01020304 level required)
tmpl6=(tmpl src 2001:db8::1:2:3 dst ff15::5:6:7 proto esp spi 0x55667788 mode transport reqid 0x05060708 level required)

add_policy policy-add-out ip xfrm policy add "${flow[@]}" dir out priority 0x0a0b0c0d "${tmpl[@]}"
add_policy policy-add-out-v6 ip xfrm policy add "${flow6[@]}" dir out priority 0x0a0b0c0d "${tmpl6[@]}"
add_policy policy-add-out-any-source ip xfrm policy add src 0.0.0.0/0 dst 239.5.6.7/32 dir out priority 10 \
  tmpl src 0.0.0.0 dst 239.5.6.7 proto esp reqid 0x01020304 mode transport level required
add_policy policy-add-in ip xfrm policy add src 10.1.0.0/16 dst 239.5.6.7/32 dir in priority 0x0a0b0c0d \
  tmpl src 0.0.0.0 dst 239.5.6.7 proto esp reqid 0 mode transport level required
add_policy policy-add-fwd ip xfrm policy add src 10.1.0.0/16 dst 239.5.6.0/24 dir fwd priority 0x0a0b0c0d \
  tmpl src 10.1.2.3 dst 239.5.6.7 proto esp reqid 0x01020304 mode tunnel level required
add_policy policy-add-fwd-v6 ip xfrm policy add src 2001:db8::/48 dst ff15::/16 dir fwd priority 0x0a0b0c0d \
  tmpl src 2001:db8::1:2:3 dst ff15::5:6:7 proto esp reqid 0x05060708 mode tunnel level required
add_policy policy-add-block ip xfrm policy add src 10.1.0.0/16 dst 239.0.0.0/8 dir out action block priority 0x0a0b0c0d
add_policy policy-add-allow ip xfrm policy add dst 239.5.6.7/32 proto 2 dir out action allow priority 1
add_policy policy-add-level-use ip xfrm policy add "${flow[@]}" dir in \
  tmpl proto esp mode transport reqid 0x01020304 level use
add_policy policy-add-priority ip xfrm policy add "${flow[@]}" dir out priority 0x0a0b0c0d
add_policy policy-add-mark ip xfrm policy add "${flow[@]}" dir out mark 0x21222324 mask 0x31323334 "${tmpl[@]}"
add_policy policy-add-if-id ip xfrm policy add "${flow[@]}" dir out if_id 0x41424344 "${tmpl[@]}"
add_policy policy-add-index ip xfrm policy add "${flow[@]}" dir out index 0x01020309 "${tmpl[@]}"
add_policy policy-add-icmp ip xfrm policy add src 10.1.0.0/16 dst 239.5.6.7/32 proto icmp type 3 code 4 dir out "${tmpl[@]}"
add_policy policy-add-dev ip xfrm policy add src 10.1.0.0/16 dst 239.5.6.7/32 dev gkm0 dir out "${tmpl[@]}"
add_policy policy-add-ptype-main ip xfrm policy add "${flow[@]}" dir out ptype main "${tmpl[@]}"
add_policy policy-add-flags ip xfrm policy add "${flow[@]}" dir out flag localok icmp "${tmpl[@]}"
add_policy policy-add-two-templates ip xfrm policy add "${flow[@]}" dir out \
  tmpl src 10.1.2.3 dst 10.1.9.8 proto esp spi 0x99aabbcc reqid 0x090a0b0c mode tunnel level required \
  tmpl src 10.1.2.3 dst 10.1.9.8 proto ah spi 0x11223344 reqid 0x01020304 mode transport level required
limits=(limit time-soft 1001 limit time-hard 2002 limit time-use-soft 3003 limit time-use-hard 4004
  limit byte-soft 0x0506070801 limit byte-hard 0x0607080902 limit packet-soft 0x0708090a03 limit packet-hard 0x08090a0b04)
add_policy policy-add-limits ip xfrm policy add "${flow[@]}" dir out "${limits[@]}" "${tmpl[@]}"
add_policy policy-add-everything ip xfrm policy add src 10.1.0.0/16 dst 239.5.6.7/32 dev gkm0 proto udp sport 5004 \
  dport 6005 dir out mark 0x21222324 mask 0x31323334 index 0x01020309 ptype main action allow priority 0x0a0b0c0d \
  flag localok icmp if_id 0x41424344 "${limits[@]}" "${tmpl[@]}"
ask policy-get-everything ip xfrm policy get src 10.1.0.0/16 dst 239.5.6.7/32 dev gkm0 proto udp sport 5004 \
  dport 6005 dir out mark 0x21222324 mask 0x31323334 ptype main if_id 0x41424344

clean
prepare ip xfrm policy add "${flow[@]}" dir out index 0x01020309 priority 0x0a0b0c0d "${tmpl[@]}"
capture policy-update ip xfrm policy update "${flow[@]}" dir out index 0x01020309 priority 0x0a0b0c0d \
  tmpl src 10.1.2.3 dst 239.5.6.7 proto esp mode transport reqid 0x05060708 level required
ask policy-get ip xfrm policy get "${flow[@]}" dir out
ask policy-get-index ip xfrm policy get index 0x01020309 dir out
capture policy-delete ip xfrm policy delete "${flow[@]}" dir out
ask policy-get-missing ip xfrm policy get "${flow[@]}" dir out
prepare ip xfrm policy add "${flow[@]}" dir out index 0x01020309 "${tmpl[@]}"
capture policy-delete-index ip xfrm policy delete index 0x01020309 dir out
prepare ip xfrm policy add "${flow6[@]}" dir in mark 0x21222324 mask 0x31323334 if_id 0x41424344 "${tmpl6[@]}"
ask policy-get-v6-mark ip xfrm policy get "${flow6[@]}" dir in mark 0x21222324 mask 0x31323334 if_id 0x41424344
capture policy-delete-v6-mark ip xfrm policy delete "${flow6[@]}" dir in mark 0x21222324 mask 0x31323334 if_id 0x41424344
capture policy-flush ip xfrm policy flush
capture policy-flush-ptype-main ip xfrm policy flush ptype main
ask policy-list-empty ip xfrm policy list

# Three policies of different make.
prepare ip xfrm policy add src 10.1.0.0/16 dst 239.5.6.7/32 dev gkm0 proto udp sport 5004 dport 6005 dir out \
  index 0x01020309 priority 0x0a0b0c0d if_id 0x41424344 mark 0x21222324 mask 0x31323334 "${limits[@]}" "${tmpl[@]}"
prepare ip xfrm policy add "${flow6[@]}" dir in index 0x02030408 priority 20 flag icmp \
  tmpl src :: dst ff15::5:6:7 proto esp reqid 0 mode transport level required
prepare ip xfrm policy add dst 239.0.0.0/8 dir fwd index 0x0304050a action block priority 1000
ask policy-list ip xfrm policy list
ask policy-count ip -s xfrm policy count
ask policy-getdefault ip xfrm policy getdefault
capture policy-setdefault ip xfrm policy setdefault in block fwd accept out block
capture policy-setdefault-back ip xfrm policy setdefault in accept fwd accept out accept
capture policy-set-hthresh ip xfrm policy set hthresh4 21 22 hthresh6 53 54
