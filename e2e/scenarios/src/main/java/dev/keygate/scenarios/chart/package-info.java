/**
 * Helm in a JVM: what {@code helm install}, {@code upgrade} and {@code uninstall} do with a chart.
 * Knows no chart of ours and nothing of what is in it. A process of its own, because a cluster's
 * API server may only be reachable from another network namespace.
 */
@NullMarked
package dev.keygate.scenarios.chart;

import org.jspecify.annotations.NullMarked;
