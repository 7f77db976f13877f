/* Lines of structs and attributes, a part of golden.c. */
#define STRUCT(name, value) print_struct(#name, &(value), sizeof(value))
#define ATTR(name, data, length) print_attr("XFRMA_" #name, XFRMA_##name, data, length)
#define SUB(name, data, length) print_attr(#name, name, data, length)
#define NEW(type, name) struct type name; memset(&name, 0, sizeof(name))

static void hex(const void *data, size_t length) {
	for (size_t i = 0; i < length; i++) printf("%02x", ((const unsigned char *)data)[i]);
}

static void print_struct(const char *name, const void *data, size_t length) {
	printf("struct %s %zu ", name, length);
	hex(data, length);
	printf("\n");
}

static void print_attr(const char *name, int type, const void *data, size_t length) {
	struct nlattr header = {.nla_len = (unsigned short)(NLA_HDRLEN + length), .nla_type = (unsigned short)type};
	static const char zeros[4];
	printf("attr %s %d ", name, type);
	hex(&header, sizeof(header));
	hex(data, length);
	hex(zeros, NLA_ALIGN(length) - length);
	printf("\n");
}

static void u32_attr(const char *name, int type, __u32 value) { print_attr(name, type, &value, sizeof(value)); }
#define U32(name, value) u32_attr("XFRMA_" #name, XFRMA_##name, value)
