/**
 * A real Kubernetes control plane on 127.0.0.1: API server, etcd and controller manager, started
 * from the executables of {@code binaries} as children of this process. Knows how to ask it for
 * credentials and how to run kubectl against it; knows nothing of Keygate's kinds.
 */
@NullMarked
package dev.keygate.cluster;

import org.jspecify.annotations.NullMarked;
