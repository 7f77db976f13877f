/**
 * A kernel that is none: {@link io.gkm.netlink.xfrm.fake.FakeXfrmKernel} holds the IPsec databases
 * of one network namespace and speaks netlink, so that programs that use {@link
 * io.gkm.netlink.xfrm.XfrmClient} and {@link io.gkm.netlink.xfrm.XfrmEvents} can be tested without
 * root, without a kernel that has ESP, and with errors and expiry at will.
 *
 * <p>It does as Linux 6.1; the same tests run against both.
 */
package io.gkm.netlink.xfrm.fake;
