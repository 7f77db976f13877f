/**
 * From the desired state of the groups to the kernel's XFRM: security associations, policies and
 * the guards that keep a group's traffic from passing in clear.
 *
 * <p>{@link io.gkm.dataplane.XfrmDataPlane} reads what the kernel holds, lets {@link
 * io.gkm.dataplane.KernelPlanner} compute the operations that are missing, carries them out and
 * looks again. The planner is a pure function over values of this package; only {@code XfrmKernel}
 * knows netlink. Rules: RFC 4301 section 4.4 (SPD and SAD), RFC 5374 section 4 (multicast), RFC
 * 9838 section 2.3.3 (direction by role).
 */
package io.gkm.dataplane;
