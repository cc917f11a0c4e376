/**
 * The API that apps of the pod call: who may have which key, in which format, what a refusal looks
 * like, and what is told of this machine's attestation. Knows leases and outcomes; knows nothing of
 * how keys come here, nor of sockets.
 */
@NullMarked
package dev.keygate.sidecar.localapi;

import org.jspecify.annotations.NullMarked;
