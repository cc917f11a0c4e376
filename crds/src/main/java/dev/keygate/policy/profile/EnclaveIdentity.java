package dev.keygate.policy.profile;

/** Which SGX enclave is meant. A lowest ISVSVN cannot be asked for: Key Vault only compares. */
public sealed interface EnclaveIdentity {

  /**
   * Any enclave of a signer and product.
   *
   * @param mrSigner the signer's MRSIGNER
   * @param productId ISVPRODID, 0 to {@link #MAX_PRODUCT_ID}
   */
  record Signed(Sha256Digest mrSigner, int productId) implements EnclaveIdentity {

    /** ISVPRODID has 16 bits. */
    public static final int MAX_PRODUCT_ID = 0xFFFF;

    /**
     * Checks the rules above.
     *
     * @throws IllegalArgumentException if the product id has more than 16 bits
     */
    public Signed {
      if (productId < 0 || productId > MAX_PRODUCT_ID) {
        throw new IllegalArgumentException("a product id is 0 to " + MAX_PRODUCT_ID);
      }
    }
  }

  /**
   * One build of an enclave.
   *
   * @param mrEnclave its MRENCLAVE
   */
  record Measured(Sha256Digest mrEnclave) implements EnclaveIdentity {}
}
