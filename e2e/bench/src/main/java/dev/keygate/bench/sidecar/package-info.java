/**
 * {@code ./keygate bench sidecar}: releases beside the bound that the services and the TPM set,
 * measured in the same run. Knows the sidecar's parts and the lab; asserts nothing.
 *
 * <pre>
 *   BenchLab            a lab in this process, each service as far away as told
 *   Spans               when which call of a release was under way: services and TPM commands
 *   Waterfall           the longest chain of them, which no release can be faster than
 *   NodeBound           what many releases on one node cannot be faster than
 *   ShippedImage        the sidecar's image in a folder; PodSidecar is a process of it
 *   Figure              a measurement beside its bound
 * </pre>
 */
@NullMarked
package dev.keygate.bench.sidecar;

import org.jspecify.annotations.NullMarked;
