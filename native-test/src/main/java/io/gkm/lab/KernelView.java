package io.gkm.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a host's kernel holds, according to iproute2: shares no code with our own netlink binding.
 */
public final class KernelView {
  private static final Pattern PARAGRAPH = Pattern.compile("(?m)^(?=src )");
  private static final Pattern HEAD = Pattern.compile("src (\\S+) dst (\\S+)");
  private static final Pattern IDENTITY =
      Pattern.compile(
          "proto (\\S+) spi 0x([0-9a-f]{8})\\(\\d+\\) reqid (\\d+)\\(0x[0-9a-f]+\\) mode (\\S+)");
  private static final Pattern REPLAY = Pattern.compile("replay-window (\\d+) seq ");
  private static final Pattern ALGORITHM =
      Pattern.compile(
          "(aead|enc|auth|auth-trunc) (\\S+) (?:0x([0-9a-f]*))? ?\\(\\d+ bits\\) ?(\\d*)");
  private static final Pattern SELECTOR = Pattern.compile("(?m)^\\s*sel (.*?)(?: uid \\d+)?\\s*$");
  private static final Pattern CURRENT = Pattern.compile("(\\d+)\\(bytes\\), (\\d+)\\(packets\\)");

  private KernelView() {}

  /** The text of {@code ip -s xfrm state}. */
  public static String states(LabHost host) {
    host.lab().apply();
    return xfrm(host, "state");
  }

  /** The text of {@code ip -s xfrm policy}. */
  public static String policies(LabHost host) {
    host.lab().apply();
    return xfrm(host, "policy");
  }

  /** The host's SAs, in the kernel's order. */
  public static List<KernelSa> sas(LabHost host) {
    return parseStates(states(host));
  }

  private static String xfrm(LabHost host, String what) {
    List<String> command = List.of("ip", "-n", host.namespace(), "-s", "xfrm", what);
    return Commands.run(command, "", Commands.DEFAULT_LIMIT).orThrow().stdout();
  }

  /** Paragraphs begin at the left margin with "src"; everything else is indented. */
  static List<KernelSa> parseStates(String text) {
    List<KernelSa> sas = new ArrayList<>();
    for (String paragraph : PARAGRAPH.split(text, -1)) {
      if (!paragraph.isBlank()) {
        sas.add(parseState(paragraph));
      }
    }
    return sas;
  }

  private static KernelSa parseState(String text) {
    Matcher head = need(HEAD, text);
    Matcher identity = need(IDENTITY, text);
    Matcher current = need(CURRENT, text.substring(Math.max(0, text.indexOf("lifetime current"))));
    Matcher selector = SELECTOR.matcher(text);
    return new KernelSa(
        head.group(1),
        head.group(2),
        identity.group(1),
        Long.parseLong(identity.group(2), 16),
        Long.parseLong(identity.group(3)),
        identity.group(4),
        Integer.parseInt(need(REPLAY, text).group(1)),
        algorithm(text, "aead"),
        algorithm(text, "enc"),
        algorithm(text, "auth-trunc").or(() -> algorithm(text, "auth")),
        selector.find() ? selector.group(1) : "",
        Long.parseLong(current.group(1)),
        Long.parseLong(current.group(2)),
        text);
  }

  private static Optional<KernelAlgorithm> algorithm(String text, String kind) {
    Matcher matcher = ALGORITHM.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(kind)) {
        String key = matcher.group(3) == null ? "" : matcher.group(3);
        String icv = matcher.group(4);
        return Optional.of(
            new KernelAlgorithm(matcher.group(2), key, icv.isEmpty() ? 0 : Integer.parseInt(icv)));
      }
    }
    return Optional.empty();
  }

  private static Matcher need(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new LabException("ip xfrm state does not show /" + pattern + "/ in:\n" + text);
    }
    return matcher;
  }
}
