package dev.keygate.sidecar.testing;

import dev.keygate.evidence.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for secrets in whatever a process leaves behind: as they are, in hexadecimal of either
 * case, in base64 and base64url at each of the three places where a group of octets may begin. A
 * third of a secret is enough to be found: it is looked for by its beginning, its middle and its
 * end.
 */
public final class CanarySearch {

  private static final int WINDOW_BYTES = 12;
  private static final int KEY_BYTES = Integer.BYTES;

  private record Needle(String what, Bytes octets) {}

  /** By their first octets. */
  private final Map<Integer, List<Needle>> needles = new HashMap<>();

  /** Looks for one more secret. */
  public CanarySearch secret(String name, byte[] octets) {
    if (octets.length < WINDOW_BYTES) {
      throw new IllegalArgumentException(name + " is too short to be told from chance");
    }
    int last = octets.length - WINDOW_BYTES;
    for (int offset : new TreeSet<>(Set.of(0, last / 2, last))) {
      byte[] window = Arrays.copyOfRange(octets, offset, offset + WINDOW_BYTES);
      add(name + " as it is", window);
      String hex = HexFormat.of().formatHex(window);
      add(name + " in hexadecimal", hex.getBytes(StandardCharsets.US_ASCII));
      add(
          name + " in upper-case hexadecimal",
          HexFormat.of().withUpperCase().formatHex(window).getBytes(StandardCharsets.US_ASCII));
      for (int place = 0; place < 3; place++) {
        add(name + " in base64", base64(Base64.getEncoder(), window, place));
        add(name + " in base64url", base64(Base64.getUrlEncoder(), window, place));
      }
    }
    return this;
  }

  /** Looks for one more secret that is a text. */
  public CanarySearch secret(String name, String text) {
    return secret(name, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What is found, and in which shape. */
  public Set<String> find(byte[] haystack) {
    Set<String> found = new TreeSet<>();
    for (int i = 0; i + KEY_BYTES <= haystack.length; i++) {
      for (Needle needle : needles.getOrDefault(key(haystack, i), List.of())) {
        int end = i + needle.octets().size();
        if (end <= haystack.length && needle.octets().equals(Bytes.copyOf(haystack, i, end - i))) {
          found.add(needle.what());
        }
      }
    }
    return found;
  }

  /** The characters that depend on nothing but the window, after so many octets before it. */
  private static byte[] base64(Base64.Encoder encoder, byte[] window, int before) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.writeBytes(new byte[before]);
    octets.writeBytes(window);
    byte[] encoded = encoder.withoutPadding().encode(octets.toByteArray());
    int from = Math.ceilDiv(before * 8, 6);
    int to = (before + window.length) * 8 / 6;
    return Arrays.copyOfRange(encoded, from, to);
  }

  private void add(String what, byte[] octets) {
    needles
        .computeIfAbsent(key(octets, 0), _ -> new ArrayList<>())
        .add(new Needle(what, Bytes.copyOf(octets)));
  }

  private static int key(byte[] octets, int at) {
    return octets[at] << 24
        | (octets[at + 1] & 0xff) << 16
        | (octets[at + 2] & 0xff) << 8
        | (octets[at + 3] & 0xff);
  }
}
