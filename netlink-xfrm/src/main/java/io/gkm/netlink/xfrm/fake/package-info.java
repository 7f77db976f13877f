/**
 * A kernel for tests: {@link io.gkm.netlink.xfrm.fake.FakeXfrmKernel} keeps the SA and policy
 * databases of one network namespace in memory, speaks the netlink of linux/xfrm.h and answers as
 * Linux 6.1 does. One test suite runs against it and against a real kernel.
 */
package io.gkm.netlink.xfrm.fake;
