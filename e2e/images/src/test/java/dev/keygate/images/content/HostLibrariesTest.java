package dev.keygate.images.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostLibrariesTest {

  private static final Path RUNTIME = Path.of("/srv/java");

  @Test
  void takesTheLibrariesOfTheMachineOnce() throws Exception {
    String ldd =
        """
        /srv/java/bin/java:
        \tlinux-vdso.so.1 (0x00007ffd)
        \tlibjli.so => /srv/java/bin/../lib/libjli.so (0x00007f01)
        \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f02)
        \t/lib64/ld-linux-x86-64.so.2 (0x00007f03)
        /srv/java/lib/libjava.so:
        \tlibjvm.so => not found
        \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f02)
        """;

    assertThat(HostLibraries.parse(ldd, RUNTIME, Set.of("libjvm.so")))
        .containsExactly("/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2");
  }

  @Test
  void refusesALibraryThatIsNowhere() {
    assertThatIOException()
        .isThrownBy(
            () -> HostLibraries.parse("\tlibz.so.1 => not found\n", RUNTIME, Set.of("libjvm.so")))
        .withMessageContaining("libz.so.1");
  }

  @Test
  void findsNothingInAStaticProgram() throws Exception {
    assertThat(HostLibraries.parse("\tnot a dynamic executable\n", RUNTIME, Set.of())).isEmpty();
  }
}
