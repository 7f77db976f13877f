/*
 * Prints what the C compiler makes of linux/mroute.h and linux/mroute6.h, for MrouteLayoutTest: the values of a route
 * from link 7 (interface 0) to links 9 (1) and 300 (2). Reserved fields and padding are zero.
 *
 * Lines: "const NAME VALUE", "struct NAME SIZE HEX".
 */
#include <stdio.h>
#include <string.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <linux/netlink.h>
#include <linux/mroute.h>
#include <linux/mroute6.h>

#include "print.h"

#define CONST(name) printf("const %s %d\n", #name, name)

int main(void) {
	(void)print_attr;
	(void)u32_attr;
	CONST(MRT_INIT); CONST(MRT_ADD_VIF); CONST(MRT_DEL_VIF); CONST(MRT_ADD_MFC_PROXY); CONST(MRT_DEL_MFC_PROXY);
	CONST(MRT_ADD_MFC); CONST(MRT_DEL_MFC); CONST(MRT_DONE); CONST(MAXVIFS);
	CONST(MRT6_INIT); CONST(MRT6_ADD_MIF); CONST(MRT6_DEL_MIF); CONST(MRT6_ADD_MFC_PROXY); CONST(MRT6_DEL_MFC_PROXY);
	CONST(MRT6_ADD_MFC); CONST(MRT6_DEL_MFC); CONST(MRT6_DONE); CONST(MAXMIFS);
	CONST(IPPROTO_IP); CONST(IPPROTO_IGMP); CONST(IPPROTO_IPV6); CONST(IPPROTO_ICMPV6);

	NEW(vifctl, vif);
	vif.vifc_vifi = 2;
	vif.vifc_flags = VIFF_USE_IFINDEX;
	vif.vifc_threshold = 5;
	vif.vifc_lcl_ifindex = 300;
	STRUCT(vifctl, vif);

	NEW(mif6ctl, mif);
	mif.mif6c_mifi = 2;
	mif.vifc_threshold = 5;
	mif.mif6c_pifi = 300;
	STRUCT(mif6ctl, mif);

	NEW(mfcctl, mfc);
	inet_pton(AF_INET, "10.1.2.3", &mfc.mfcc_origin);
	inet_pton(AF_INET, "239.4.5.6", &mfc.mfcc_mcastgrp);
	mfc.mfcc_parent = 0;
	mfc.mfcc_ttls[1] = 1;
	mfc.mfcc_ttls[2] = 1;
	STRUCT(mfcctl, mfc);

	NEW(mfcctl, any);
	inet_pton(AF_INET, "239.4.5.6", &any.mfcc_mcastgrp);
	any.mfcc_parent = 1;
	any.mfcc_ttls[1] = 1;
	any.mfcc_ttls[2] = 1;
	print_struct("mfcctl/any", &any, sizeof(any));

	NEW(mf6cctl, mfc6);
	mfc6.mf6cc_origin.sin6_family = AF_INET6;
	inet_pton(AF_INET6, "2001:db8:1:2::3", &mfc6.mf6cc_origin.sin6_addr);
	mfc6.mf6cc_mcastgrp.sin6_family = AF_INET6;
	inet_pton(AF_INET6, "ff15::4:5:6", &mfc6.mf6cc_mcastgrp.sin6_addr);
	mfc6.mf6cc_parent = 0;
	IF_SET(1, &mfc6.mf6cc_ifset);
	IF_SET(2, &mfc6.mf6cc_ifset);
	STRUCT(mf6cctl, mfc6);

	NEW(mf6cctl, any6);
	any6.mf6cc_origin.sin6_family = AF_INET6;
	any6.mf6cc_mcastgrp.sin6_family = AF_INET6;
	inet_pton(AF_INET6, "ff15::4:5:6", &any6.mf6cc_mcastgrp.sin6_addr);
	any6.mf6cc_parent = 1;
	IF_SET(1, &any6.mf6cc_ifset);
	IF_SET(2, &any6.mf6cc_ifset);
	print_struct("mf6cctl/any", &any6, sizeof(any6));
	return 0;
}
