package dev.keygate.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What can be done to the attestation providers of a running lab. A provider is named by its host;
 * bad arguments are {@link IllegalArgumentException}s.
 */
public interface AuthorityControl {

  /** A step of rolling a provider's signing key over. */
  enum Rollover {
    /** Publishes a key that does not sign yet. */
    ANNOUNCE,
    /** Signs with the announced key. */
    ADOPT,
    /** Publishes the keys no more that do not sign. */
    WITHDRAW
  }

  /** Which region answers for a provider. */
  enum Region {
    /** Its own. */
    OWN,
    /** The one it is paired with, under the same name and with another key. */
    PAIRED
  }

  /** Whom a provider's policy lets have a token. */
  enum Policy {
    /** Everybody whose evidence verifies. */
    PERMIT,
    /** Nobody. */
    DENY
  }

  /**
   * A token of a provider about no evidence at all.
   *
   * @param claims beside the ones that every token has, or in their place; null removes one
   */
  String mint(String host, ObjectNode claims);

  /** Takes a step of a rollover. */
  void rollOver(String host, Rollover step);

  /** Fails a provider over, or back. */
  void answerFrom(String host, Region region);

  /** Replaces a provider's policy. */
  void authorize(String host, Policy policy);
}
