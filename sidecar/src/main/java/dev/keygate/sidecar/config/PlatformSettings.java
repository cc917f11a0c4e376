package dev.keygate.sidecar.config;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.device.DeviceChoice;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a release needs whoever the keys are for: the server and the command line share it.
 *
 * @param authorities in the order in which they are asked; may be empty where a command names them
 * @param encryption how keys are wrapped for release
 * @param machine the machine that is attested
 * @param lab empty in production
 */
public record PlatformSettings(
    List<AuthorityEndpoint> authorities,
    KeyEncryption encryption,
    MachineSettings machine,
    Optional<LabSettings> lab) {

  private static final String AUTHORITIES = "keygate.authorities";

  /**
   * The machine.
   *
   * @param transferKey how transfer keys are made in its vTPM
   * @param eventLog its boot event log
   * @param device what its evidence is had from
   */
  public record MachineSettings(
      TransferKeyTemplate transferKey, Path eventLog, DeviceChoice device) {

    /** A machine whose device is looked for. */
    public MachineSettings(TransferKeyTemplate transferKey, Path eventLog) {
      this(transferKey, eventLog, DeviceChoice.AUTO);
    }
  }

  /** Copies the list. */
  public PlatformSettings {
    authorities = List.copyOf(authorities);
  }

  /** The same with other authorities. */
  public PlatformSettings withAuthorities(List<AuthorityEndpoint> others) {
    return new PlatformSettings(others, encryption, machine, lab);
  }

  /** The same with a device. */
  public PlatformSettings withDevice(DeviceChoice device) {
    return new PlatformSettings(
        authorities,
        encryption,
        new MachineSettings(machine.transferKey(), machine.eventLog(), device),
        lab);
  }

  /**
   * Checks what was written.
   *
   * @throws RefusedException naming the setting
   */
  public static PlatformSettings from(SidecarSettings written) throws RefusedException {
    return new PlatformSettings(
        authorities(written.authorities().orElse(List.of())),
        encryption(written.enc()),
        machine(written),
        LabSettings.from(written.lab()));
  }

  private static MachineSettings machine(SidecarSettings written) throws RefusedException {
    return new MachineSettings(
        Written.choice(
            "keygate.transfer-key.unique",
            TransferKeyTemplate.class,
            written.transferKey().unique()),
        Written.absolutePath("keygate.event-log", written.eventLog()),
        Written.choice("keygate.device", DeviceChoice.class, written.device()));
  }

  private static List<AuthorityEndpoint> authorities(List<String> written) throws RefusedException {
    List<AuthorityEndpoint> authorities = new ArrayList<>();
    for (String url : written) {
      try {
        AuthorityEndpoint authority = AuthorityEndpoint.parse(url.strip());
        if (!authorities.contains(authority)) {
          authorities.add(authority);
        }
      } catch (EndpointFormatException malformed) {
        throw Refusal.of(AUTHORITIES, "lists attestation authorities: " + malformed.getMessage());
      }
    }
    return authorities;
  }

  private static KeyEncryption encryption(String written) throws RefusedException {
    return KeyEncryption.of(written.strip())
        .orElseThrow(
            () ->
                Refusal.of(
                    "keygate.enc",
                    "RSA_AES_KEY_WRAP_256, RSA_AES_KEY_WRAP_384 or CKM_RSA_AES_KEY_WRAP",
                    written));
  }
}
