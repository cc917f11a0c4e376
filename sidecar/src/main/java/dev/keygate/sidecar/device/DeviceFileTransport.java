package dev.keygate.sidecar.device;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A TPM character device. The driver takes a command as one write and gives its response to one
 * read; older kernels throw away what that read leaves behind.
 */
final class DeviceFileTransport implements TpmTransport {

  private final FileChannel device;

  /** Outside the heap: from one on the heap the JDK would read through a buffer that it keeps. */
  private final ByteBuffer response = ByteBuffer.allocateDirect(LARGEST_BYTES);

  private DeviceFileTransport(FileChannel device) {
    this.device = device;
  }

  /** Opens the device; a file that is not there is not created. */
  static DeviceFileTransport open(Path path) throws IOException {
    return new DeviceFileTransport(
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public byte[] exchange(byte[] command) throws IOException {
    if (device.write(ByteBuffer.wrap(command)) != command.length) {
      throw new IOException("the device took a part of a command");
    }
    response.clear();
    try {
      if (device.read(response) < 0) {
        throw new EOFException("the device gave no response");
      }
      byte[] whole = new byte[response.flip().remaining()];
      response.get(whole);
      return whole;
    } finally {
      // A response may carry a plaintext.
      response.clear().put(new byte[LARGEST_BYTES]);
    }
  }

  @Override
  public void close() {
    try {
      device.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the TPM device", e);
    }
  }
}
