package dev.keygate.sidecar.keyvault;

/** One thing that is verified about a release envelope, in the order in which it is verified. */
public enum EnvelopeCheck {
  /** Header, certificates and payload have their shape. */
  FORMAT,
  /** The certificates lead to a trust root and are in force. */
  CHAIN,
  /** The leaf certificate names the vault's host. */
  HOST,
  /** The leaf's key has signed the envelope. */
  SIGNATURE,
  /** The envelope answers a request for this key. */
  REQUESTED_KEY,
  /** The envelope answers this request and no earlier one. */
  NONCE,
  /** The key is wrapped as was asked. */
  ENCRYPTION,
  /** The key that was released is the one that was asked for. */
  RELEASED_KEY,
  /** The key is of a type that can be delivered, and says so completely. */
  RELEASED_TYPE,
  /** The wrapped key itself says the same about how it is wrapped. */
  WRAPPED_KEY
}
