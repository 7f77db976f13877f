# shellcheck shell=bash
# SAs: what capture.sh records of `ip xfrm state`. Values differ from field to field, and have no two equal octets where
# the range allows, so that no exchanged field or byte order goes unseen. Keys are counting octets, of no use elsewhere.
gcm=0x000102030405060708090a0b0c0d0e0f10111213 # 128 bits and the salt
gcm256=0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223
aes=0x202122232425262728292a2b2c2d2e2f
sha256=0x404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f
aead=(aead 'rfc4106(gcm(aes))' $gcm 128)
id=(src 10.1.2.3 dst 239.5.6.7 proto esp spi 0x11223344)
id6=(src 2001:db8::1:2:3 dst ff15::5:6:7 proto esp spi 0x55667788)

add_sa state-add-gcm-v4 ip xfrm state add "${id[@]}" mode transport reqid 0x01020304 "${aead[@]}"
add_sa state-add-gcm-v6 ip xfrm state add "${id6[@]}" mode transport reqid 0x05060708 \
  aead 'rfc4106(gcm(aes))' $gcm256 96
add_sa state-add-any-source-v4 ip xfrm state add src 0.0.0.0 dst 239.5.6.7 proto esp spi 0x11223344 mode transport \
  reqid 0x01020304 replay-window 0 "${aead[@]}" sel src 0.0.0.0/0 dst 239.5.6.7/32
add_sa state-add-any-source-v6 ip xfrm state add src :: dst ff15::5:6:7 proto esp spi 0x55667788 mode transport \
  reqid 0x05060708 replay-window 0 "${aead[@]}" sel src ::/0 dst ff15::5:6:7/128
add_sa state-add-cbc-auth-trunc ip xfrm state add "${id[@]}" mode transport reqid 0x01020304 \
  enc 'cbc(aes)' $aes auth-trunc 'hmac(sha256)' $sha256 128
add_sa state-add-cbc-auth ip xfrm state add "${id[@]}" mode transport reqid 0x01020304 \
  enc 'cbc(aes)' $aes auth 'hmac(sha256)' $sha256
add_sa state-add-ah ip xfrm state add src 10.1.2.3 dst 239.5.6.7 proto ah spi 0x11223344 mode transport \
  reqid 0x01020304 auth-trunc 'hmac(sha256)' $sha256 128
add_sa state-add-tunnel-v4 ip xfrm state add "${id[@]}" mode tunnel reqid 0x01020304 "${aead[@]}"
add_sa state-add-tunnel-v6 ip xfrm state add "${id6[@]}" mode tunnel reqid 0x05060708 "${aead[@]}"
add_sa state-add-mark ip xfrm state add "${id[@]}" mark 0x21222324 mask 0x31323334 "${aead[@]}" mode transport
add_sa state-add-if-id ip xfrm state add "${id[@]}" mode transport "${aead[@]}" if_id 0x41424344
add_sa state-add-output-mark ip xfrm state add "${id[@]}" mode transport "${aead[@]}" output-mark 0x51525354
add_sa state-add-output-mark-mask ip xfrm state add "${id[@]}" mode transport "${aead[@]}" \
  output-mark 0x51525354 mask 0x61626364
add_sa state-add-seq ip xfrm state add "${id[@]}" seq 0x0a0b0c0d mode transport "${aead[@]}"

add_sa state-add-replay-32 ip xfrm state add "${id[@]}" mode transport replay-window 32 "${aead[@]}"
add_sa state-add-replay-32-seq ip xfrm state add "${id[@]}" mode transport replay-window 32 \
  replay-seq 0x01020304 replay-oseq 0x05060708 "${aead[@]}"
add_sa state-add-replay-128 ip xfrm state add "${id[@]}" mode transport replay-window 128 \
  replay-seq 0x01020304 replay-oseq 0x05060708 "${aead[@]}"
add_sa state-add-replay-128-esn ip xfrm state add "${id[@]}" mode transport replay-window 128 flag esn "${aead[@]}"
add_sa state-add-replay-128-esn-seq ip xfrm state add "${id[@]}" mode transport replay-window 128 flag esn \
  replay-seq 0x01020304 replay-oseq 0x05060708 replay-seq-hi 0x090a0b0c replay-oseq-hi 0x0d0e0f10 "${aead[@]}"

add_sa state-add-sel-udp ip xfrm state add "${id[@]}" mode transport "${aead[@]}" \
  sel src 10.1.0.0/16 dst 239.5.6.7/32 proto udp sport 5004 dport 6005
add_sa state-add-sel-udp-v6 ip xfrm state add "${id6[@]}" mode transport "${aead[@]}" \
  sel src 2001:db8::/48 dst ff15::5:6:7/128 proto udp sport 5004 dport 6005
add_sa state-add-sel-icmp ip xfrm state add "${id[@]}" mode transport "${aead[@]}" \
  sel src 10.1.0.0/16 dst 239.5.6.0/24 proto icmp type 3 code 4
add_sa state-add-sel-icmp-v6 ip xfrm state add "${id6[@]}" mode transport "${aead[@]}" \
  sel src 2001:db8::/48 dst ff15::/16 proto ipv6-icmp type 129 code 2
add_sa state-add-sel-dev ip xfrm state add "${id[@]}" mode transport "${aead[@]}" \
  sel src 10.1.0.0/16 dst 239.5.6.7/32 dev gkm0
limits=(limit time-soft 1001 limit time-hard 2002 limit time-use-soft 3003 limit time-use-hard 4004
  limit byte-soft 0x0506070801 limit byte-hard 0x0607080902 limit packet-soft 0x0708090a03 limit packet-hard 0x08090a0b04)
add_sa state-add-limits ip xfrm state add "${id[@]}" mode transport "${aead[@]}" "${limits[@]}"
add_sa state-add-flags ip xfrm state add "${id[@]}" mode transport \
  flag noecn decap-dscp nopmtudisc wildrecv icmp af-unspec align4 "${aead[@]}"
add_sa state-add-flag-decap-dscp ip xfrm state add "${id[@]}" mode transport flag decap-dscp "${aead[@]}"
add_sa state-add-extra-flag ip xfrm state add "${id[@]}" mode tunnel "${aead[@]}" extra-flag dont-encap-dscp
add_sa state-add-extra-flags ip xfrm state add "${id[@]}" mode tunnel "${aead[@]}" \
  extra-flag dont-encap-dscp oseq-may-wrap
add_sa state-add-encap ip xfrm state add "${id[@]}" mode tunnel "${aead[@]}" encap espinudp 4501 4602 10.9.8.7
everything=(mark 0x21222324 mask 0x31323334 reqid 0x01020304 mode tunnel replay-window 128 flag af-unspec esn
  replay-seq 0x01020304 replay-oseq 0x05060708 "${aead[@]}" encap espinudp 4501 4602 10.9.8.7
  sel src 10.1.0.0/16 dst 239.5.6.7/32 proto udp sport 5004 dport 6005 "${limits[@]}"
  output-mark 0x51525354 mask 0x61626364 if_id 0x41424344 extra-flag dont-encap-dscp)
add_sa state-add-everything ip xfrm state add "${id[@]}" "${everything[@]}"
ask state-get-everything ip xfrm state get "${id[@]}" mark 0x21222324 mask 0x31323334

clean
prepare ip xfrm state add "${id[@]}" mode transport reqid 0x01020304 "${aead[@]}"
capture state-update ip xfrm state update "${id[@]}" mode transport reqid 0x01020304 "${aead[@]}" "${limits[@]}"
ask state-get ip xfrm state get "${id[@]}"
capture state-delete ip xfrm state delete "${id[@]}"
ask state-get-missing ip xfrm state get "${id[@]}"
prepare ip xfrm state add "${id6[@]}" mark 0x21222324 mask 0x31323334 mode transport "${aead[@]}"
ask state-get-v6-mark ip xfrm state get "${id6[@]}" mark 0x21222324 mask 0x31323334
capture state-delete-v6-mark ip xfrm state delete "${id6[@]}" mark 0x21222324 mask 0x31323334
capture state-flush-esp ip xfrm state flush proto esp
capture state-flush ip xfrm state flush
ask state-list-empty ip xfrm state list
ask state-allocspi ip xfrm state allocspi src 10.1.2.3 dst 239.5.6.7 proto esp mode transport reqid 0x01020304 \
  seq 0x0a0b0c0d min 0x01000001 max 0x0100ffff

# Three SAs of different make; the first has sent three packets, so that its counters are not zero.
clean
prepare ip xfrm state add "${id[@]}" mode transport reqid 0x01020304 if_id 0 "${aead[@]}" "${limits[@]}" \
  output-mark 0x51525354 mask 0x61626364 sel src 0.0.0.0/0 dst 239.5.6.7/32
prepare ip xfrm policy add dst 239.5.6.7/32 dir out tmpl src 10.1.2.3 dst 239.5.6.7 proto esp reqid 0x01020304 mode transport
for text in one three fifteen; do prepare send 239.5.6.7 6005 $text; done
ask state-get-used ip xfrm state get "${id[@]}"
prepare ip xfrm state add "${id6[@]}" mode tunnel reqid 0x05060708 replay-window 128 flag esn \
  replay-seq 0x01020304 replay-oseq 0x05060708 replay-seq-hi 0x090a0b0c replay-oseq-hi 0x0d0e0f10 \
  enc 'cbc(aes)' $aes auth-trunc 'hmac(sha256)' $sha256 128 mark 0x21222324 mask 0x31323334 if_id 0x41424344
prepare ip xfrm state add src 10.1.2.4 dst 10.1.9.8 proto esp spi 0x99aabbcc mode tunnel reqid 0x090a0b0c replay-window 32 \
  replay-seq 0x11121314 replay-oseq 0x15161718 aead 'rfc4106(gcm(aes))' $gcm256 64 flag nopmtudisc \
  encap espinudp 4501 4602 10.9.8.7 extra-flag dont-encap-dscp sel src 10.2.0.0/16 dst 10.3.4.0/24 proto icmp type 3 code 4
ask state-list ip xfrm state list
ask state-list-filtered ip xfrm state list src 10.1.2.4 dst 10.1.9.8 proto esp reqid 0x090a0b0c
ask state-count ip -s xfrm state count
