package io.gkm.dataplane;

/** XFRM policy directions in use ({@code XFRM_POLICY_IN}, {@code XFRM_POLICY_OUT}). */
enum Direction {
  IN,
  OUT
}
