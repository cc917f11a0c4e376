/**
 * The kinds of {@code keygate.dev/v1alpha1} as users write them and as the API server stores them.
 * Knows only shapes: what a schema or a CEL rule can say is said here, and nothing is decided. The
 * schema of the policy grammar and of conditions is completed by the generator of the CRD files.
 */
@NullMarked
package dev.keygate.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
