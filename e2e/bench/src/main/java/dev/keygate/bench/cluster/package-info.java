/**
 * What injection and real pods cost on this machine: the way from a pod's request to its app's
 * first use of a key, memory through churn, and the webhook's part of an admission. Prints figures
 * beside their bounds; asserts nothing.
 */
@NullMarked
package dev.keygate.bench.cluster;

import org.jspecify.annotations.NullMarked;
