package dev.keygate.emulator.maa.guest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a guest says of itself without any proof.
 *
 * @param osType such as {@code Linux}
 * @param osDistro such as {@code Ubuntu}
 * @param osBuild the build, {@code NotApplication} on Linux
 * @param osVersionMajor a number as text
 * @param osVersionMinor a number as text
 * @param clientPayload echoed into the token as it was sent
 */
record GuestDescription(
    String osType,
    String osDistro,
    String osBuild,
    String osVersionMajor,
    String osVersionMinor,
    ObjectNode clientPayload) {

  GuestDescription {
    clientPayload = clientPayload.deepCopy();
  }
}
