/**
 * A whole installation on real nodes, for the demonstration, the benchmarks and the tests: cluster,
 * lab in the cluster's network, device plugin, chart, a shop with its key. Knows how the parts are
 * put together; decides nothing that the product decides.
 */
@NullMarked
package dev.keygate.scenarios.pods;

import org.jspecify.annotations.NullMarked;
