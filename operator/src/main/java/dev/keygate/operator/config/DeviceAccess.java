package dev.keygate.operator.config;

import java.util.Optional;

/**
 * How a pod gets at its node's vTPM.
 *
 * @param resource the extended resource that a device plugin offers
 * @param group the group that owns the device on the nodes; empty if the device is open to all, or
 *     the image of the nodes differs between pools and the pods name the group themselves
 */
public record DeviceAccess(String resource, Optional<Long> group) {}
