/**
 * Mount, network and process namespaces of their own for everything that must not be left on this
 * machine, and the cgroups of what runs in them. Ending the first process in there ends all others;
 * mounts and interfaces go with them, and so do the cgroups. Knows nothing of Kubernetes.
 */
@NullMarked
package dev.keygate.cluster.enclosure;

import org.jspecify.annotations.NullMarked;
