/**
 * The API that apps of the pod call on the loopback address: who may have which key, in which
 * format, and what a refusal looks like. Knows leases and outcomes; knows nothing of how keys come
 * here.
 */
@NullMarked
package dev.keygate.sidecar.localapi;

import org.jspecify.annotations.NullMarked;
