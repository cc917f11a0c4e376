/**
 * Reads JSON that somebody else wrote: member by member, with the type that the reader expects, and
 * one checked exception for everything that is otherwise. Knows nothing of who wrote it or of how
 * it came.
 */
@NullMarked
package dev.keygate.azure.json;

import org.jspecify.annotations.NullMarked;
