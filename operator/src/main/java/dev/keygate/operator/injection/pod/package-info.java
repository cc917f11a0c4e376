/**
 * What an injected pod looks like: the plan for one, the sidecar, the volumes and mounts, and the
 * patch that brings a pod there. Pure; knows nothing of why a pod may have keys, of the API server
 * and of HTTP.
 */
@NullMarked
package dev.keygate.operator.injection.pod;

import org.jspecify.annotations.NullMarked;
