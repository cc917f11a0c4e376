package dev.keygate.emulator.platform.vtpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.CreatePrimary;
import dev.keygate.evidence.tpm.command.CreatedPrimary;
import dev.keygate.evidence.tpm.command.FlushContext;
import dev.keygate.evidence.tpm.command.NvDefineSpace;
import dev.keygate.evidence.tpm.command.NvPublic;
import dev.keygate.evidence.tpm.command.NvWrite;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * swtpm, a TPM that others wrote, provisioned as Azure's paravisor leaves one to its guest. For one
 * connection: it ends when that is closed, or this process is gone.
 */
final class Swtpm implements AutoCloseable {

  private static final TpmHandle PLATFORM = new TpmHandle(0x4000000C);
  private static final int PLATFORM_WRITE = 1;
  private static final int HANDLE_OFFSET_BYTES = 10;
  private static final int CHUNK_BYTES = 1024;

  private final TpmClient client;

  private Swtpm(TpmClient client) {
    this.client = client;
  }

  /** Starts one; skips the test that asks, and in CI fails it, where swtpm is not installed. */
  static Swtpm start(Path folder) throws IOException, InterruptedException {
    Optional<Path> executable = find();
    if (executable.isEmpty()) {
      assertThat(System.getenv("CI")).as("a skip is a failure in CI").isNull();
      String reason = "skipped: no swtpm on the path; install the package swtpm";
      System.getLogger(Swtpm.class.getName()).log(Level.WARNING, reason);
      assumeTrue(false, reason);
    }
    Path socket = folder.resolve("swtpm.sock");
    // As a daemon it returns when its sockets are there; it terminates with its connection.
    Process process =
        new ProcessBuilder(
                executable.orElseThrow().toString(),
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + folder,
                "--server",
                "type=unixio,path=" + socket,
                "--ctrl",
                "type=unixio,path=" + folder.resolve("swtpm.ctrl"),
                "--flags",
                "not-need-init,startup-clear",
                "--daemon",
                "--terminate")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("swtpm.log").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("swtpm starts").isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("swtpm.log"))).isZero();
    return new Swtpm(TpmClient.connect(socket));
  }

  private static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "swtpm"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  TpmClient client() {
    return client;
  }

  /** Puts an attestation key of the endorsement hierarchy where Azure has it. */
  void persistAttestationKey() throws IOException, EvidenceFormatException {
    CreatedPrimary key =
        client.run(
            new CreatePrimary(
                TpmHandle.ENDORSEMENT,
                AzureTpm.attestationKeyTemplate(Bytes.zeros(256)),
                PcrSelection.NONE));
    Bytes evictControl =
        ByteWriter.bigEndian()
            .bytes(Bytes.fromHex("80020000002300000120"))
            .u32(TpmHandle.OWNER.value())
            .u32(Integer.toUnsignedLong(key.handle().value()))
            .bytes(Bytes.fromHex("00000009400000090000010000"))
            .u32(Integer.toUnsignedLong(AzureTpm.ATTESTATION_KEY.value()))
            .toBytes();
    requireSuccess(client.send(evictControl));
    client.run(new FlushContext(key.handle()));
  }

  /** Defines an NV index that the platform alone may write, and fills it. */
  void provision(TpmHandle index, int sizeBytes, Bytes content)
      throws IOException, EvidenceFormatException {
    int attributes =
        NvIndex.OWNER_READ | NvIndex.AUTH_READ | NvIndex.PLATFORM_CREATED | PLATFORM_WRITE;
    Bytes byOwner =
        new NvDefineSpace(new NvPublic(index, attributes, Bytes.EMPTY, sizeBytes)).toBytes();
    Bytes byPlatform =
        Bytes.concat(
            byOwner.slice(0, HANDLE_OFFSET_BYTES),
            ByteWriter.bigEndian().u32(PLATFORM.value()).toBytes(),
            byOwner.slice(HANDLE_OFFSET_BYTES + 4, byOwner.size() - HANDLE_OFFSET_BYTES - 4));
    requireSuccess(client.send(byPlatform));
    Bytes padded = Bytes.concat(content, Bytes.zeros(sizeBytes - content.size()));
    for (int offset = 0; offset < sizeBytes; offset += CHUNK_BYTES) {
      Bytes chunk = padded.slice(offset, Math.min(CHUNK_BYTES, sizeBytes - offset));
      client.run(new NvWrite(PLATFORM, index, chunk, offset));
    }
  }

  private static void requireSuccess(byte[] response) {
    assertThat(Bytes.copyOf(response).slice(6, 4).isZero()).isTrue();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
