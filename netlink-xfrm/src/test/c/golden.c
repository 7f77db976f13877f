/*
 * Prints what the C compiler makes of linux/xfrm.h: constants, sizes, and every struct and attribute with
 * distinct values in all fields, for the tests of the Java codecs. What the header of an older system lacks is
 * left out by its version.
 *
 * Lines: "byteorder little|big", "const NAME VALUE", "max NAME VALUE" (grows with the header), "struct NAME SIZE HEX",
 * "attr NAME TYPE HEX" (a whole nlattr). A struct may have a second sample, NAME/WHICH, where one value cannot show
 * all. Some messages begin with no struct of the header but with one __u32, or with nothing: "struct none".
 * Numbers have their highest bit set where the field has no sign. Reserved fields and padding are zero.
 */
#include <stdio.h>
#include <string.h>
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/version.h>
#include <linux/xfrm.h>

#define SINCE(major, minor) (LINUX_VERSION_CODE >= KERNEL_VERSION(major, minor, 0))

#include "constants.h"
#include "print.h"

/* An IPv6 address, distinct in each octet. */
static xfrm_address_t address6(int first) {
	xfrm_address_t address;
	unsigned char *octets = (unsigned char *)&address;
	for (int i = 0; i < 16; i++) octets[i] = (unsigned char)(first + i);
	return address;
}

/* An IPv4 address, as the kernel wants it: in the first four octets. */
static xfrm_address_t address4(int first) {
	xfrm_address_t address;
	unsigned char *octets = (unsigned char *)&address;
	memset(&address, 0, sizeof(address));
	for (int i = 0; i < 4; i++) octets[i] = (unsigned char)(first + i);
	return address;
}

static struct xfrm_selector selector(void) {
	NEW(xfrm_selector, sel);
	sel.daddr = address6(0x10);
	sel.saddr = address6(0x20);
	sel.dport = htons(0x3132);
	sel.dport_mask = htons(0x3334);
	sel.sport = htons(0x3536);
	sel.sport_mask = htons(0x3738);
	sel.family = 10;
	sel.prefixlen_d = 0x39;
	sel.prefixlen_s = 0x3a;
	sel.proto = 0x3b;
	sel.ifindex = 0x3c3d3e3f;
	sel.user = 0x40414243;
	return sel;
}

static struct xfrm_lifetime_cfg limits(void) {
	struct xfrm_lifetime_cfg lft = {0x0101020304050607, 0x0202030405060708, 0x0303040506070809, 0x040405060708090a,
		0x0505060708090a0b, 0x06060708090a0b0c, 0x070708090a0b0c0d, 0x0808090a0b0c0d0e};
	return lft;
}

static struct xfrm_lifetime_cur usage(void) {
	struct xfrm_lifetime_cur cur = {0x1112131415161718, 0x2122232425262728, 0x3132333435363738, 0x4142434445464748};
	return cur;
}

static struct xfrm_id id(void) {
	NEW(xfrm_id, i);
	i.daddr = address6(0x50);
	i.spi = htonl(0x61626364);
	i.proto = 0x32;
	return i;
}

static struct xfrm_usersa_info sa(void) {
	NEW(xfrm_usersa_info, info);
	info.sel = selector();
	info.id = id();
	info.saddr = address6(0x70);
	info.lft = limits();
	info.curlft = usage();
	info.stats.replay_window = 0x81828384;
	info.stats.replay = 0x85868788;
	info.stats.integrity_failed = 0x898a8b8c;
	info.seq = 0x91929394;
	info.reqid = 0x95969798;
	info.family = 10;
	info.mode = 4;
	info.replay_window = 0x9b;
	info.flags = 0x9c;
	return info;
}

static struct xfrm_usersa_id sa_id(void) {
	NEW(xfrm_usersa_id, i);
	i.daddr = address6(0x50);
	i.spi = htonl(0x61626364);
	i.family = 10;
	i.proto = 0x32;
	return i;
}

static struct xfrm_userpolicy_info policy(void) {
	NEW(xfrm_userpolicy_info, pol);
	pol.sel = selector();
	pol.lft = limits();
	pol.curlft = usage();
	pol.priority = 0xa1a2a3a4;
	pol.index = 0xa5a6a7a8;
	pol.dir = 2;
	pol.action = 1;
	pol.flags = 0xab;
	pol.share = 0xac;
	return pol;
}

static struct xfrm_userpolicy_id policy_id(void) {
	NEW(xfrm_userpolicy_id, i);
	i.sel = selector();
	i.index = 0xb1b2b3b4;
	i.dir = 1;
	return i;
}

static struct xfrm_user_tmpl template(int first, __u8 optional) {
	NEW(xfrm_user_tmpl, t);
	t.id.daddr = address6(first);
	t.id.spi = htonl(0x01020304 + first);
	t.id.proto = 0x33;
	t.family = 10;
	t.saddr = address6(first + 0x10);
	t.reqid = 0x11121314;
	t.mode = 1;
	t.share = 3;
	t.optional = optional;
	t.aalgos = 0x21222324;
	t.ealgos = 0x31323334;
	t.calgos = 0x41424344;
	return t;
}

static struct xfrm_user_migrate migrate(int first) {
	NEW(xfrm_user_migrate, m);
	m.old_daddr = address6(first);
	m.old_saddr = address6(first + 0x10);
	m.new_daddr = address4(first + 0x20);
	m.new_saddr = address4(first + 0x30);
	m.proto = 0x32;
	m.mode = 1;
	m.reqid = 0x51525354;
	m.old_family = 10;
	m.new_family = 2;
	return m;
}

static void structs(void) {
	struct xfrm_selector sel = selector();
	STRUCT(xfrm_selector, sel);
	__u32 flags = 0xf1f2f3f4;
	STRUCT(__u32, flags);
	print_struct("none", "", 0);
	struct xfrm_usersa_info info = sa();
	STRUCT(xfrm_usersa_info, info);
	struct xfrm_usersa_id usersa_id = sa_id();
	STRUCT(xfrm_usersa_id, usersa_id);
	NEW(xfrm_userspi_info, spi);
	spi.info = sa();
	spi.min = 0xc1c2c3c4;
	spi.max = 0xc5c6c7c8;
	STRUCT(xfrm_userspi_info, spi);
	struct xfrm_userpolicy_info pol = policy();
	STRUCT(xfrm_userpolicy_info, pol);
	struct xfrm_userpolicy_id pol_id = policy_id();
	STRUCT(xfrm_userpolicy_id, pol_id);
	NEW(xfrm_user_acquire, acquire);
	acquire.id = id();
	acquire.saddr = address6(0x70);
	acquire.sel = selector();
	acquire.policy = policy();
	acquire.policy.sel.proto = 0x4b;
	acquire.policy.sel.user = 0x4c4d4e4f;
	acquire.aalgos = 0xc1c2c3c4;
	acquire.ealgos = 0xc5c6c7c8;
	acquire.calgos = 0xc9cacbcc;
	acquire.seq = 0xcdcecfd0;
	STRUCT(xfrm_user_acquire, acquire);
	NEW(xfrm_user_expire, expire);
	expire.state = sa();
	expire.hard = 1;
	STRUCT(xfrm_user_expire, expire);
	expire.hard = 0;
	STRUCT(xfrm_user_expire/soft, expire);
	NEW(xfrm_user_polexpire, polexpire);
	polexpire.pol = policy();
	polexpire.hard = 1;
	STRUCT(xfrm_user_polexpire, polexpire);
	polexpire.hard = 0;
	STRUCT(xfrm_user_polexpire/soft, polexpire);
	NEW(xfrm_usersa_flush, flush);
	flush.proto = 0x33;
	STRUCT(xfrm_usersa_flush, flush);
	NEW(xfrm_aevent_id, ae);
	ae.sa_id = sa_id();
	ae.saddr = address6(0x70);
	ae.flags = 0xd1d2d3d4;
	ae.reqid = 0xd5d6d7d8;
	STRUCT(xfrm_aevent_id, ae);
	NEW(xfrm_user_report, report);
	report.proto = 0x3c;
	report.sel = selector();
	STRUCT(xfrm_user_report, report);
	NEW(xfrm_user_mapping, mapping);
	mapping.id = sa_id();
	mapping.reqid = 0xe1e2e3e4;
	mapping.old_saddr = address6(0x80);
	mapping.new_saddr = address6(0x90);
	mapping.old_sport = htons(0xe5e6);
	mapping.new_sport = htons(0xe7e8);
	STRUCT(xfrm_user_mapping, mapping);
	NEW(xfrm_userpolicy_default, defaults);
	defaults.in = 1;
	defaults.fwd = 2;
	defaults.out = 0;
	STRUCT(xfrm_userpolicy_default, defaults);
#if SINCE(7, 2)
	NEW(xfrm_user_migrate_state, state);
	state.id = sa_id();
	state.new_daddr = address4(0x80);
	state.new_saddr = address4(0x90);
	state.old_mark.v = 0xe1e2e3e4;
	state.old_mark.m = 0xe5e6e7e8;
	state.new_sel = selector();
	state.new_reqid = 0xe9eaebec;
	state.flags = 0xedeeeff0;
	state.new_family = 2;
	STRUCT(xfrm_user_migrate_state, state);
#endif
}

static void algorithms(void) {
	static char buffer[sizeof(struct xfrm_algo_aead) + 36];
	struct xfrm_algo *algo = (struct xfrm_algo *)buffer;
	strcpy(algo->alg_name, "name(of(it))");
	algo->alg_key_len = 9 * 8;
	for (int i = 0; i < 9; i++) algo->alg_key[i] = (char)(0xa0 + i);
	ATTR(ALG_AUTH, algo, sizeof(*algo) + 9);
	ATTR(ALG_CRYPT, algo, sizeof(*algo) + 9);
	ATTR(ALG_COMP, algo, sizeof(*algo) + 9);
	struct xfrm_algo_aead *aead = (struct xfrm_algo_aead *)buffer;
	aead->alg_icv_len = 0x60;
	for (int i = 0; i < 9; i++) aead->alg_key[i] = (char)(0xa0 + i);
	ATTR(ALG_AEAD, aead, sizeof(*aead) + 9);
	struct xfrm_algo_auth *auth = (struct xfrm_algo_auth *)buffer;
	auth->alg_trunc_len = 0x70;
	ATTR(ALG_AUTH_TRUNC, auth, sizeof(*auth) + 9);
}

static void attributes(void) {
	algorithms();
	NEW(xfrm_encap_tmpl, encap);
	encap.encap_type = 2;
	encap.encap_sport = htons(0x1112);
	encap.encap_dport = htons(0x1314);
	encap.encap_oa = address6(0x15);
	ATTR(ENCAP, &encap, sizeof(encap));
	struct xfrm_user_tmpl templates[2] = {template(0x10, 1), template(0x60, 0)};
	ATTR(TMPL, templates, sizeof(templates));
	struct xfrm_usersa_info info = sa();
	ATTR(SA, &info, sizeof(info));
	struct xfrm_userpolicy_info pol = policy();
	ATTR(POLICY, &pol, sizeof(pol));
	static char label[sizeof(struct xfrm_user_sec_ctx) + 7];
	struct xfrm_user_sec_ctx *ctx = (struct xfrm_user_sec_ctx *)label;
	ctx->len = sizeof(label);
	ctx->exttype = XFRMA_SEC_CTX;
	ctx->ctx_alg = 1;
	ctx->ctx_doi = 2;
	ctx->ctx_len = 7;
	memcpy(ctx + 1, "s:r:t1", 7);
	ATTR(SEC_CTX, label, sizeof(label));
	struct xfrm_lifetime_cur cur = usage();
	ATTR(LTIME_VAL, &cur, sizeof(cur));
	struct xfrm_replay_state replay = {0x11121314, 0x21222324, 0x31323334};
	ATTR(REPLAY_VAL, &replay, sizeof(replay));
	U32(REPLAY_THRESH, 0xf1121315);
	U32(ETIMER_THRESH, 0xf1121316);
	xfrm_address_t address = address6(0x21);
	ATTR(SRCADDR, &address, sizeof(address));
	address = address6(0x31);
	ATTR(COADDR, &address, sizeof(address));
	__u64 used = 0xf142434445464748;
	ATTR(LASTUSED, &used, sizeof(used));
	NEW(xfrm_userpolicy_type, type);
	type.type = XFRM_POLICY_TYPE_SUB;
	ATTR(POLICY_TYPE, &type, sizeof(type));
	struct xfrm_user_migrate migrations[2] = {migrate(0x10), migrate(0x60)};
	ATTR(MIGRATE, migrations, sizeof(migrations));
	NEW(xfrm_user_kmaddress, km);
	km.local = address6(0x41);
	km.remote = address6(0x51);
	km.family = 10;
	ATTR(KMADDRESS, &km, sizeof(km));
	struct xfrm_mark mark = {0x61626364, 0x71727374};
	ATTR(MARK, &mark, sizeof(mark));
	U32(TFCPAD, 0xf1121317);
	static char window[sizeof(struct xfrm_replay_state_esn) + 8];
	struct xfrm_replay_state_esn *esn = (struct xfrm_replay_state_esn *)window;
	esn->bmp_len = 2;
	esn->oseq = 0xf1121314;
	esn->seq = 0xf2222324;
	esn->oseq_hi = 0xf3323334;
	esn->seq_hi = 0xf4424344;
	esn->replay_window = 50;
	esn->bmp[0] = 0x51525354;
	esn->bmp[1] = 0x61626364;
	ATTR(REPLAY_ESN_VAL, window, sizeof(window));
	U32(SA_EXTRA_FLAGS, 0xf1121318);
	__u8 proto = 0xf3;
	ATTR(PROTO, &proto, sizeof(proto));
	NEW(xfrm_address_filter, filter);
	filter.saddr = address6(0x61);
	filter.daddr = address6(0x71);
	filter.family = 10;
	filter.splen = 0x41;
	filter.dplen = 0x42;
	ATTR(ADDRESS_FILTER, &filter, sizeof(filter));
	NEW(xfrm_user_offload, offload);
	offload.ifindex = 0x11121319;
	offload.flags = 6;
	ATTR(OFFLOAD_DEV, &offload, sizeof(offload));
	U32(SET_MARK, 0xf112131a);
	U32(SET_MARK_MASK, 0xf112131b);
	U32(IF_ID, 0xf112131c);
#if SINCE(6, 2)
	U32(MTIMER_THRESH, 0xf112131d);
#endif
#if SINCE(6, 10)
	__u8 direction = 2;
	ATTR(SA_DIR, &direction, sizeof(direction));
#endif
#if SINCE(6, 11)
	U32(NAT_KEEPALIVE_INTERVAL, 0xf112131e);
#endif
#if SINCE(6, 13)
	U32(SA_PCPU, 0xf112131f);
#endif
#if SINCE(6, 14)
	U32(IPTFS_DROP_TIME, 0xf1121320);
	__u16 reorder = 0xf122;
	ATTR(IPTFS_REORDER_WINDOW, &reorder, sizeof(reorder));
	ATTR(IPTFS_DONT_FRAG, "", 0);
	U32(IPTFS_INIT_DELAY, 0xf1121321);
	U32(IPTFS_MAX_QSIZE, 0xf1121322);
	U32(IPTFS_PKT_SIZE, 0xf1121323);
#endif
}

static void databases(void) {
	__u32 count = 0x11121324;
	SUB(XFRMA_SAD_CNT, &count, sizeof(count));
	struct xfrmu_sadhinfo sad = {0x21222324, 0x31323334};
	SUB(XFRMA_SAD_HINFO, &sad, sizeof(sad));
	struct xfrmu_spdinfo spd = {0x11121314, 0x21222324, 0x31323334, 0x41424344, 0x51525354, 0x61626364};
	SUB(XFRMA_SPD_INFO, &spd, sizeof(spd));
	struct xfrmu_spdhinfo hash = {0x41424344, 0x51525354};
	SUB(XFRMA_SPD_HINFO, &hash, sizeof(hash));
	struct xfrmu_spdhthresh thresholds = {0x61, 0x62};
	SUB(XFRMA_SPD_IPV4_HTHRESH, &thresholds, sizeof(thresholds));
	struct xfrmu_spdhthresh thresholds6 = {0x71, 0x72};
	SUB(XFRMA_SPD_IPV6_HTHRESH, &thresholds6, sizeof(thresholds6));
}

int main(void) {
	printf("byteorder %s\n", htonl(1) == 1 ? "big" : "little");
	constants();
	structs();
	attributes();
	databases();
	return 0;
}
