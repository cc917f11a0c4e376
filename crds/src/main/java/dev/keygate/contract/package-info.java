/**
 * What operator and sidecar agree on: names of labels, annotations and objects, and the grant that
 * the operator writes and the sidecar reads. Knows neither side; a grant is a hint and never names
 * which key, vault or authority a pod uses.
 */
@NullMarked
package dev.keygate.contract;

import org.jspecify.annotations.NullMarked;
