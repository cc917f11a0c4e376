/**
 * Answers that a service of the lab is told to give in place of its own: which requests, what, how
 * often and how long. Knows routes and statuses; knows no service and no error body.
 */
@NullMarked
package dev.keygate.emulator.fault;

import org.jspecify.annotations.NullMarked;
