package io.gkm.dataplane;

/** To which direction the kernel restricts a state ({@code XFRMA_SA_DIR}, Linux 6.10). */
enum SaDirection {
  /** Not restricted: one state for both, or a kernel that cannot restrict. */
  ANY,
  IN,
  OUT
}
