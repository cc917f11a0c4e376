package dev.keygate.emulator.fault;

/**
 * How often a fault was met.
 *
 * @param calls that matched its route, also those that it did not strike
 * @param strikes requests that it struck, counted when they come in and not when they are answered
 */
public record FaultCount(Fault fault, int calls, int strikes) {}
