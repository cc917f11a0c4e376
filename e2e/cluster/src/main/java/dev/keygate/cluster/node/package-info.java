/**
 * Real nodes in an enclosure: the network between them, container runtime and kubelet of each, the
 * images they are given, and what this machine must permit for it. Knows nothing of how the control
 * plane is started.
 */
@NullMarked
package dev.keygate.cluster.node;

import org.jspecify.annotations.NullMarked;
