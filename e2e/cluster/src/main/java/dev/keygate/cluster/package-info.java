/**
 * A real Kubernetes, started from the executables of {@code binaries} as children of this process:
 * a control plane alone on 127.0.0.1, or one with two nodes in namespaces of its own. Knows how to
 * ask it for credentials and how to run kubectl against it; knows nothing of Keygate's kinds.
 */
@NullMarked
package dev.keygate.cluster;

import org.jspecify.annotations.NullMarked;
