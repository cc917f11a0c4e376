package dev.keygate.sidecar.secret;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The few calls of the C library that keep secrets in memory and nowhere else. */
@SuppressWarnings(
    "restricted") // Their signatures are those of the manual pages; nothing checks them.
final class LinuxCalls {

  /** madvise(2): leave these pages out of core dumps. */
  private static final int MADV_DONTDUMP = 16;

  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final int PR_GET_DUMPABLE = 3;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int RLIMIT_CORE = 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle MMAP =
      call(
          "mmap",
          FunctionDescriptor.of(
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle MUNMAP = call("munmap", onPages());
  private static final MethodHandle MLOCK = call("mlock", onPages());
  private static final MethodHandle MADVISE =
      call(
          "madvise",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));

  private LinuxCalls() {}

  /** Pages of zeros that nobody else has. */
  static MemorySegment map(long bytes) {
    try {
      MemorySegment pages =
          (MemorySegment)
              MMAP.invokeExact(
                  MemorySegment.NULL, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
      if (pages.address() == -1) {
        throw new IllegalStateException("there is no memory for a secret of " + bytes + " bytes");
      }
      return pages.reinterpret(bytes);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  static void unmap(MemorySegment pages) {
    require(onPages(MUNMAP, pages), "munmap");
  }

  /** Whether the pages are now kept out of swap; a process may lock a limited number. */
  static boolean lock(MemorySegment pages) {
    return onPages(MLOCK, pages) == 0;
  }

  static void leaveOutOfDumps(MemorySegment pages) {
    try {
      require((int) MADVISE.invokeExact(pages, pages.byteSize(), MADV_DONTDUMP), "madvise");
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** PR_SET_DUMPABLE 0: no core dump, and no process of the same user may look inside. */
  static boolean forbidDumps() {
    return prctl(PR_SET_DUMPABLE) == 0 && prctl(PR_GET_DUMPABLE) == 0;
  }

  /** RLIMIT_CORE 0, soft and hard, for this process and those that it would start. */
  static boolean forbidCores() {
    MethodHandle setrlimit =
        call(
            "setrlimit",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment none = arena.allocate(MemoryLayout.sequenceLayout(2, ValueLayout.JAVA_LONG));
      return (int) setrlimit.invokeExact(RLIMIT_CORE, none) == 0;
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static int prctl(int option) {
    MethodHandle prctl =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("prctl"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    try {
      return (int) prctl.invokeExact(option, 0L, 0L, 0L, 0L);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static int onPages(MethodHandle call, MemorySegment pages) {
    try {
      return (int) call.invokeExact(pages, pages.byteSize());
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private static FunctionDescriptor onPages() {
    return FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
  }

  private static MethodHandle call(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
  }

  private static void require(int result, String name) {
    if (result != 0) {
      throw new IllegalStateException(name + " failed on pages of our own");
    }
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
