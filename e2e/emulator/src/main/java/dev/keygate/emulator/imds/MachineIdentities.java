package dev.keygate.emulator.imds;

import dev.keygate.emulator.entra.ServicePrincipal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The managed identities of one machine.
 *
 * @param systemAssigned the machine's own identity
 * @param userAssigned identities that were assigned to it
 */
public record MachineIdentities(
    Optional<ServicePrincipal> systemAssigned, List<ServicePrincipal> userAssigned) {

  public MachineIdentities {
    userAssigned = List.copyOf(userAssigned);
  }

  /** Who a request without a selector stands for: the machine's own, else the only other one. */
  Optional<ServicePrincipal> byDefault() {
    if (systemAssigned.isPresent()) {
      return systemAssigned;
    }
    return userAssigned.size() == 1 ? Optional.of(userAssigned.getFirst()) : Optional.empty();
  }

  /** Whether a request must say which of several identities it means. */
  boolean isAmbiguous() {
    return systemAssigned.isEmpty() && userAssigned.size() > 1;
  }

  Optional<ServicePrincipal> byClientId(String clientId) {
    return userAssigned.stream().filter(one -> isSame(one.clientId(), clientId)).findFirst();
  }

  Optional<ServicePrincipal> byObjectId(String objectId) {
    return userAssigned.stream().filter(one -> isSame(one.objectId(), objectId)).findFirst();
  }

  Optional<ServicePrincipal> byResourceId(String resourceId) {
    return userAssigned.stream()
        .filter(one -> one.resourceId().equalsIgnoreCase(resourceId))
        .findFirst();
  }

  private static boolean isSame(UUID id, String text) {
    return id.toString().equalsIgnoreCase(text);
  }
}
