/**
 * The kind ReleasePolicy: is its spec a policy that a vault evaluates, and how does that policy
 * read. Touches the object's status and nothing else; no vault is asked.
 */
@NullMarked
package dev.keygate.operator.releasepolicy;

import org.jspecify.annotations.NullMarked;
