package io.gkm.netlink.xfrm;

import io.gkm.netlink.Errno;
import io.gkm.netlink.KernelError;
import java.util.Optional;

/**
 * The kernel refused an operation: which, on what object, why in its own words, which attribute it
 * complains about, and what helps. Never key octets.
 */
public final class XfrmException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final String object;
  private final int errno;
  private final String kernelMessage;
  private final String attribute;

  /** Explains why the kernel refused a message. */
  static XfrmException of(XfrmMessage request, KernelError error) {
    return new XfrmException(
        request.operation(), request.object(), error, AttributeNames.of(request, error));
  }

  private XfrmException(String operation, String object, KernelError error, String attribute) {
    super(text(operation, object, error, attribute));
    this.operation = operation;
    this.object = object;
    this.errno = error.errno();
    this.kernelMessage = error.message().orElse("");
    this.attribute = attribute;
  }

  /** What was asked, such as {@code add}. */
  public String operation() {
    return operation;
  }

  /** What it was asked of. */
  public String object() {
    return object;
  }

  /** The error number, see {@link Errno}. */
  public int errno() {
    return errno;
  }

  public String errnoName() {
    return Errno.name(errno);
  }

  /** The kernel's words, where it said any. */
  public Optional<String> kernelMessage() {
    return optional(kernelMessage);
  }

  /**
   * The name of the attribute that the kernel's extended acknowledgement points at, or that it says
   * is missing.
   */
  public Optional<String> attribute() {
    return optional(attribute);
  }

  /** What a person may do about it, where there is something usual. */
  public Optional<String> hint() {
    return optional(hint(errno));
  }

  private static Optional<String> optional(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static String text(String operation, String object, KernelError error, String attribute) {
    StringBuilder text = new StringBuilder(operation).append(' ').append(object);
    text.append(": ").append(Errno.name(error.errno()));
    error.message().ifPresent(m -> text.append(": ").append(m));
    if (!attribute.isEmpty()) {
      text.append(" (").append(attribute).append(')');
    }
    String hint = hint(error.errno());
    return hint.isEmpty() ? text.toString() : text.append("; ").append(hint).toString();
  }

  private static String hint(int errno) {
    return switch (errno) {
      case Errno.EPERM -> "it needs CAP_NET_ADMIN in this network namespace";
      case Errno.EEXIST -> "another object has the same identity";
      case Errno.ENOENT, Errno.ESRCH -> "there is no such object";
      case Errno.ENOSYS, Errno.EPROTONOSUPPORT ->
          "the kernel lacks the protocol or the algorithm: are the modules esp4, esp6 and the"
              + " cipher's there?";
      case Errno.ENOPROTOOPT -> "the kernel was built without this";
      case Errno.ENOBUFS -> "the kernel ran out of buffers";
      default -> "";
    };
  }
}
