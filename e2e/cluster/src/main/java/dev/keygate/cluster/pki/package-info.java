/**
 * The throw-away certificates of one control plane: an authority, the server's certificate, the
 * clients' certificates, the key that signs ServiceAccount tokens. Knows nothing of who uses them.
 */
@NullMarked
package dev.keygate.cluster.pki;

import org.jspecify.annotations.NullMarked;
