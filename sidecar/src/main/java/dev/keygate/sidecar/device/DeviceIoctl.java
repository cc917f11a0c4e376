package dev.keygate.sidecar.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Opens a device, makes one ioctl(2), closes it. */
@SuppressWarnings(
    "restricted") // The signatures are those of the manual pages; nothing checks them.
final class DeviceIoctl {

  private static final int O_RDWR_CLOEXEC = 0x80002;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int EBUSY = 16;
  private static final int ETIMEDOUT = 110;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      STATE.varHandle(StructLayout.PathElement.groupElement("errno"));
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("open"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2),
          ERRNO);
  private static final MethodHandle IOCTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("ioctl"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS),
          Linker.Option.firstVariadicArg(2),
          ERRNO);
  private static final MethodHandle CLOSE =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("close"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private DeviceIoctl() {}

  /**
   * What came of a call.
   *
   * @param step the step that was the last
   * @param errno zero if it succeeded
   */
  record Result(String step, int errno) {
    /** Whether the same call may succeed later. */
    boolean isPassing() {
      return errno == EINTR || errno == EAGAIN || errno == EBUSY || errno == ETIMEDOUT;
    }
  }

  static Result call(Path file, long request, MemorySegment argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment path = arena.allocateFrom(file.toString(), StandardCharsets.UTF_8);
      int descriptor = (int) OPEN.invokeExact(state, path, O_RDWR_CLOEXEC);
      if (descriptor < 0) {
        return new Result("open", errno(state));
      }
      try {
        int result = (int) IOCTL.invokeExact(state, descriptor, request, argument);
        return new Result("ioctl", result < 0 ? errno(state) : 0);
      } finally {
        int closed = (int) CLOSE.invokeExact(descriptor);
        assert closed == 0;
      }
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO_VALUE.get(state, 0L);
  }

  /** A method handle is declared to throw anything; a call of the C library throws nothing. */
  private static RuntimeException unexpected(Throwable thrown) {
    return switch (thrown) {
      case Error error -> throw error;
      case RuntimeException defect -> defect;
      default -> new IllegalStateException("a call of the C library threw", thrown);
    };
  }
}
