/*
 * The floor that netlink-xfrm is measured against: the same SAs and policies added over a raw netlink socket, and
 * nothing else. Prints the nanoseconds that adding (or listing) took.
 *
 * usage: xfrm_floor sa|policy batch|single|dump COUNT
 * A batch is what the Java side makes of one: at most 128 messages and 64 KiB in a send, an acknowledgement asked of
 * the last. Everything is removed before and, but for dump, after.
 */
#define _DEFAULT_SOURCE
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/xfrm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef SOL_NETLINK
#define SOL_NETLINK 270
#endif
#define MAX_BATCH 128
#define MAX_DATAGRAM (64 * 1024)
/* The kernel frees what was removed a little later; that must not fall into what is measured. */
#define SETTLE_MICROSECONDS 30000

static int fd;
static unsigned sequence = 1;
static char out[MAX_DATAGRAM + 4096];
static size_t used;
static char in[1 << 17] __attribute__((aligned(8)));

static void fail(const char *what) {
	perror(what);
	exit(1);
}

static struct nlmsghdr *begin(int type, int flags) {
	struct nlmsghdr *h = (struct nlmsghdr *)(out + used);
	memset(h, 0, sizeof(*h));
	h->nlmsg_len = NLMSG_HDRLEN;
	h->nlmsg_type = type;
	h->nlmsg_flags = NLM_F_REQUEST | flags;
	h->nlmsg_seq = sequence++;
	return h;
}

static void *space(struct nlmsghdr *h, size_t length) {
	char *at = (char *)h + NLMSG_ALIGN(h->nlmsg_len);
	memset(at, 0, NLMSG_ALIGN(length));
	h->nlmsg_len = NLMSG_ALIGN(h->nlmsg_len) + length;
	return at;
}

static void *attribute(struct nlmsghdr *h, int type, size_t length) {
	struct nlattr *a = space(h, NLA_HDRLEN + length);
	a->nla_len = NLA_HDRLEN + length;
	a->nla_type = type;
	return (char *)a + NLA_HDRLEN;
}

static void addresses(int number, __be32 *source, __be32 *destination) {
	*source = htonl(0x0a000001);
	*destination = htonl(0xef000000 + number);
}

static void selector(struct xfrm_selector *sel, int number) {
	addresses(number, &sel->saddr.a4, &sel->daddr.a4);
	sel->family = AF_INET;
	sel->prefixlen_s = sel->prefixlen_d = 32;
}

static void unlimited(struct xfrm_lifetime_cfg *lft) {
	lft->soft_byte_limit = lft->hard_byte_limit = lft->soft_packet_limit = lft->hard_packet_limit = XFRM_INF;
}

static struct nlmsghdr *sa(int number) {
	struct nlmsghdr *h = begin(XFRM_MSG_NEWSA, 0);
	struct xfrm_usersa_info *info = space(h, sizeof(*info));
	info->sel.family = AF_INET;
	addresses(number, &info->saddr.a4, &info->id.daddr.a4);
	info->id.spi = htonl(0x10000 + number);
	info->id.proto = IPPROTO_ESP;
	unlimited(&info->lft);
	info->family = AF_INET;
	info->reqid = 7;
	struct xfrm_algo_aead *aead = attribute(h, XFRMA_ALG_AEAD, sizeof(*aead) + 20);
	strcpy(aead->alg_name, "rfc4106(gcm(aes))");
	aead->alg_key_len = 160;
	aead->alg_icv_len = 128;
	for (int i = 0; i < 20; i++) aead->alg_key[i] = i + 1;
	return h;
}

static struct nlmsghdr *policy(int number) {
	struct nlmsghdr *h = begin(XFRM_MSG_NEWPOLICY, 0);
	struct xfrm_userpolicy_info *info = space(h, sizeof(*info));
	selector(&info->sel, number);
	unlimited(&info->lft);
	info->priority = 100;
	info->dir = XFRM_POLICY_OUT;
	struct xfrm_user_tmpl *tmpl = attribute(h, XFRMA_TMPL, sizeof(*tmpl));
	addresses(number, &tmpl->saddr.a4, &tmpl->id.daddr.a4);
	tmpl->id.proto = IPPROTO_ESP;
	tmpl->family = AF_INET;
	tmpl->reqid = 7;
	tmpl->aalgos = tmpl->ealgos = tmpl->calgos = ~0u;
	return h;
}

static void transmit(void) {
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
	if (sendto(fd, out, used, 0, (struct sockaddr *)&kernel, sizeof(kernel)) < 0) fail("sendto");
	used = 0;
}

/* Reads until this sequence number is acknowledged; any error ends the program. */
static void acknowledged(unsigned last) {
	for (;;) {
		struct sockaddr_nl from;
		socklen_t length = sizeof(from);
		ssize_t n = recvfrom(fd, in, sizeof(in), MSG_TRUNC, (struct sockaddr *)&from, &length);
		if (n < 0) fail("recvfrom");
		for (struct nlmsghdr *h = (struct nlmsghdr *)in; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_type != NLMSG_ERROR) continue;
			struct nlmsgerr *e = NLMSG_DATA(h);
			if (e->error) {
				fprintf(stderr, "kernel: %s\n", strerror(-e->error));
				exit(1);
			}
			if (h->nlmsg_seq == last) return;
		}
	}
}

static void finish(struct nlmsghdr *h) { used += NLMSG_ALIGN(h->nlmsg_len); }

static void flush(int type) {
	struct nlmsghdr *h = begin(type, NLM_F_ACK);
	if (type == XFRM_MSG_FLUSHSA) *(__u8 *)space(h, 1) = 0;
	finish(h);
	transmit();
	acknowledged(h->nlmsg_seq);
}

static void add(struct nlmsghdr *(*make)(int), int count, int size) {
	int i = 0;
	while (i < count) {
		struct nlmsghdr *h = NULL;
		for (int n = 0; n < size && i < count && used < MAX_DATAGRAM - 1024; n++, i++) {
			h = make(i);
			finish(h);
		}
		h->nlmsg_flags |= NLM_F_ACK;
		unsigned last = h->nlmsg_seq;
		transmit();
		acknowledged(last);
	}
}

static void dump(int type, int count) {
	struct nlmsghdr *h = begin(type, NLM_F_DUMP);
	finish(h);
	transmit();
	int seen = 0;
	for (;;) {
		ssize_t n = recv(fd, in, sizeof(in), MSG_TRUNC);
		if (n < 0) fail("recv");
		for (h = (struct nlmsghdr *)in; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_type == NLMSG_ERROR) {
				fprintf(stderr, "kernel: %s\n", strerror(-((struct nlmsgerr *)NLMSG_DATA(h))->error));
				exit(1);
			}
			if (h->nlmsg_type == NLMSG_DONE) {
				if (seen != count) { fprintf(stderr, "%d of %d\n", seen, count); exit(1); }
				return;
			}
			seen++;
		}
	}
}

static long long now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv) {
	int is_sa = argc == 4 && !strcmp(argv[1], "sa"), count = argc == 4 ? atoi(argv[3]) : 0, one = 1;
	if (count < 1 || (!is_sa && strcmp(argv[1], "policy")) ||
	    (strcmp(argv[2], "batch") && strcmp(argv[2], "single") && strcmp(argv[2], "dump"))) {
		fprintf(stderr, "usage: xfrm_floor sa|policy batch|single|dump COUNT\n");
		return 2;
	}
	int flush_type = is_sa ? XFRM_MSG_FLUSHSA : XFRM_MSG_FLUSHPOLICY;
	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_XFRM);
	struct sockaddr_nl own = {.nl_family = AF_NETLINK};
	if (fd < 0 || bind(fd, (struct sockaddr *)&own, sizeof(own)) < 0) fail("netlink socket");
	if (setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one)) < 0 ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one)) < 0) fail("setsockopt");
	if (!strcmp(argv[2], "dump")) {
		long long start = now();
		dump(is_sa ? XFRM_MSG_GETSA : XFRM_MSG_GETPOLICY, count);
		printf("%lld\n", now() - start);
		return 0;
	}
	flush(flush_type);
	usleep(SETTLE_MICROSECONDS);
	long long start = now();
	add(is_sa ? sa : policy, count, strcmp(argv[2], "batch") ? 1 : MAX_BATCH);
	printf("%lld\n", now() - start);
	flush(flush_type);
	return 0;
}
