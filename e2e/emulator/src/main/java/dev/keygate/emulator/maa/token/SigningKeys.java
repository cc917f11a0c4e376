package dev.keygate.emulator.maa.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The keys of a provider, which the provider's region and its paired region share. All that are
 * published may verify; one signs.
 *
 * <pre>
 *   announce            adopt               withdraw
 *   old signs           new signs           new signs
 *   old, new published  old, new published  new published
 * </pre>
 *
 * The paired region's own key is always published and signs while the provider is failed over; the
 * other keys cannot be changed then. Safe for use by several threads.
 */
public final class SigningKeys {

  private final IntFunction<SigningKey> maker;
  private final SigningKey paired;
  private final List<SigningKey> own = new ArrayList<>();
  private SigningKey current;
  private Optional<SigningKey> announced = Optional.empty();
  private Region region = Region.OWN;
  private int made;

  /** Which region answers. */
  public enum Region {
    /** The provider's own. */
    OWN,
    /** The one that stands in for it. */
    PAIRED
  }

  /**
   * @param maker makes a key of a number; the first two are made at once
   */
  SigningKeys(IntFunction<SigningKey> maker) {
    this.maker = maker;
    this.current = maker.apply(1);
    this.paired = maker.apply(2);
    this.made = 2;
    own.add(current);
  }

  /** Publishes a key that does not sign yet. */
  public synchronized void announce() {
    requireOwnRegion();
    if (announced.isPresent()) {
      throw new IllegalArgumentException("rollover: a key is announced already");
    }
    made++;
    SigningKey next = maker.apply(made);
    own.add(next);
    announced = Optional.of(next);
  }

  /** Signs with the announced key from now on. */
  public synchronized void adopt() {
    requireOwnRegion();
    current =
        announced.orElseThrow(() -> new IllegalArgumentException("rollover: no key is announced"));
    announced = Optional.empty();
  }

  /** Publishes no key any more that neither signs nor is announced. */
  public synchronized void withdraw() {
    requireOwnRegion();
    own.removeIf(key -> key != current && announced.filter(next -> next == key).isEmpty());
  }

  /** Lets this region answer. */
  public synchronized void answerFrom(Region other) {
    region = other;
  }

  /** The region that answers. */
  public synchronized Region region() {
    return region;
  }

  /** The key set as published. */
  public synchronized ObjectNode published() {
    ObjectNode set = Json.object();
    ArrayNode list = set.putArray("keys");
    own.forEach(key -> list.add(key.jwk()));
    list.add(paired.jwk());
    return set;
  }

  synchronized SigningKey signing() {
    return region == Region.OWN ? current : paired;
  }

  private void requireOwnRegion() {
    if (region == Region.PAIRED) {
      throw new IllegalArgumentException("rollover: not while the provider is failed over");
    }
  }
}
