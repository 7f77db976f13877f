package io.gkm.agent;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * SIGTERM and SIGINT. A JVM shutdown hook would not do: it cannot tell a second signal, and the
 * exit status would be the signal's. The class that can ({@code sun.misc.Signal}, module
 * jdk.unsupported) is no public interface, hence the reflection.
 */
public final class Signals {
  private Signals() {}

  /** Calls {@code handler} on a thread of its own at each of these signals. */
  public static void handle(List<String> names, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  handler.run();
                  yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "signal handler";
              };
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handlerType}, calls);
      for (String name : names) {
        Object instance = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handlerType).invoke(null, instance, proxy);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java runtime cannot handle signals", e);
    }
  }
}
