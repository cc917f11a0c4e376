package dev.keygate.emulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.clock.LabClock;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.entra.FederatedCredential;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultCount;
import dev.keygate.emulator.fault.LatencyProfile;
import dev.keygate.emulator.fault.VaultHosts;
import java.util.List;
import java.util.Set;

/** What can be done to a running lab. Bad arguments are {@link IllegalArgumentException}s. */
public interface LabControl {

  /** Registers or replaces a federated credential. */
  void register(FederatedCredential credential);

  /**
   * Replaces what a principal may do with a vault's keys.
   *
   * @param vault the vault's name
   * @param principal the principal's name
   * @param permissions names such as {@code release}
   */
  void assign(String vault, String principal, Set<String> permissions);

  /**
   * Extends a PCR of a machine as software on it could.
   *
   * @param machine the machine's name
   * @param pcr 0 to 23
   */
  void extendPcr(String machine, int pcr);

  /** Its switches. */
  SwitchControl switchControl();

  /** What else can be done to its machines. */
  MachineControl machineControl();

  /** What can be done to its attestation providers. */
  AuthorityControl authorityControl();

  /**
   * Makes a new version of a key, as a person in the portal would.
   *
   * @param vault the vault's name
   * @param key the key's name
   * @return the new version's identifier
   */
  String rotate(String vault, String key);

  /**
   * An access token of an hour for Key Vault in the principal's cloud.
   *
   * @param principal the principal's name
   */
  String vaultToken(String principal);

  /**
   * An access token of an hour, as a person who is signed in gets one.
   *
   * @param principal the principal's name
   * @param resource such as {@code https://vault.azure.net}
   */
  String token(String principal, String resource);

  /** Where its vaults answer. */
  VaultHosts vaultHosts();

  /** Has something go wrong at a service. */
  void inject(Fault fault);

  /** What goes wrong now, oldest first, and how often it did. */
  List<FaultCount> faults();

  /** Lets all services answer for themselves again. */
  void clearFaults();

  /** Puts all services but the machines' own at another distance. */
  void setLatency(LatencyProfile profile);

  /** The clock of all services and machines. */
  LabClock clock();

  /** The newest decisions, oldest first. */
  List<Decision> decisions();

  /** What lab.json says. */
  JsonNode endpoints();
}
