package io.gkm.dataplane;

/** The kernel cannot be asked, or lacks what every group needs. */
public final class DataPlaneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataPlaneException(String message, Throwable cause) {
    super(message, cause);
  }
}
