/** To be described. */
@NullMarked
package dev.keygate.azure.http;

import org.jspecify.annotations.NullMarked;
