/**
 * What goes wrong at a service when the lab is told so, and how far away services are: which
 * requests, what, how often and how long, said in code, a file or a request. Knows routes, clocks
 * and connections; knows no service and no error body.
 */
@NullMarked
package dev.keygate.emulator.fault;

import org.jspecify.annotations.NullMarked;
