package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.command.NvPublic;

/** A defined NV index and its content. Guarded by the TPM's lock. */
final class NvIndex {

  static final int OWNER_WRITE = 1 << 1;
  static final int AUTH_WRITE = 1 << 2;
  static final int OWNER_READ = 1 << 17;
  static final int AUTH_READ = 1 << 18;
  static final int WRITTEN = 1 << 29;
  static final int PLATFORM_CREATED = 1 << 30;

  private NvPublic space;
  private final byte[] content;

  NvIndex(NvPublic space) {
    this.space = space;
    this.content = new byte[space.dataSizeBytes()];
  }

  NvPublic space() {
    return space;
  }

  boolean has(int attribute) {
    return (space.attributes() & attribute) != 0;
  }

  Bytes content() {
    return Bytes.copyOf(content);
  }

  void write(Bytes part, int offset) {
    System.arraycopy(part.toArray(), 0, content, offset, part.size());
    space =
        new NvPublic(
            space.index(), space.attributes() | WRITTEN, space.authPolicy(), space.dataSizeBytes());
  }
}
