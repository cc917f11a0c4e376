package dev.keygate.emulator.jose;

import dev.keygate.emulator.json.MalformedTextException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tokens that were presented lately, taken apart: clients present the same one again and again.
 * Nothing is believed because it is remembered: who asks still finds the issuer's key and the time.
 * Thread-safe.
 */
public final class JwsMemory {

  private static final int MAX_TOKENS = 128;
  // Attestation tokens have half of that. What is larger is taken apart each time.
  private static final int MAX_LENGTH = 16 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, CompactJws> lately = new LinkedHashMap<>();

  /**
   * Takes a token apart, or finds that it was.
   *
   * @throws MalformedTextException as {@link CompactJws#parse} does
   */
  public CompactJws parse(String text) throws MalformedTextException {
    lock.lock();
    try {
      CompactJws known = lately.get(text);
      if (known != null) {
        return known;
      }
    } finally {
      lock.unlock();
    }
    CompactJws parsed = CompactJws.parse(text);
    if (text.length() <= MAX_LENGTH) {
      remember(text, parsed);
    }
    return parsed;
  }

  private void remember(String text, CompactJws parsed) {
    lock.lock();
    try {
      if (lately.size() == MAX_TOKENS && !lately.containsKey(text)) {
        Iterator<String> oldest = lately.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      lately.put(text, parsed);
    } finally {
      lock.unlock();
    }
  }
}
