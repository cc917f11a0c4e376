/** Numbers that are used once, which make an answer an answer to this request. */
@NullMarked
package dev.keygate.sidecar.nonce;

import org.jspecify.annotations.NullMarked;
