/**
 * What the kubelet and a metrics collector are told, on a port of its own: states and counts, no
 * names of tenants and nothing secret.
 */
@NullMarked
package dev.keygate.sidecar.health;

import org.jspecify.annotations.NullMarked;
