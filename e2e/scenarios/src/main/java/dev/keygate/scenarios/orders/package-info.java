/**
 * The demo's app: it knows the sidecar's local API and a JWK, and nothing of Azure, attestation or
 * Kubernetes. What it does is all that an app team has to write.
 */
@NullMarked
package dev.keygate.scenarios.orders;

import org.jspecify.annotations.NullMarked;
