# Sourced by capture.sh: links and addresses.

capture link-add-xfrm ip link add gkmx type xfrm dev gkm0 if_id 0x2a
capture link-set-mtu ip link set dev gkmx mtu 1400
capture link-set-up ip link set dev gkmx up
ip address add 2001:db8::7/64 dev gkm0 nodad
ip address add 10.8.0.1 peer 10.8.0.2/32 dev gkmx
ask link-list ip -details link show
ask link-get ip -details link show dev gkmx
ask address-list ip address show
capture link-set-down ip link set dev gkmx down
capture link-delete ip link delete dev gkmx
