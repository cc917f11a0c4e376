package dev.keygate.sidecar.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.attestation.GuestOs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OsReleaseTest {

  @Test
  void readsNameAndVersion() {
    assertThat(
            OsRelease.parse(
                """
                # a comment

                NAME="Ubuntu"
                VERSION_ID="22.04"
                """))
        .isEqualTo(new GuestOs("Linux", "Ubuntu", 22, 4));
  }

  @Test
  void readsAVersionWithoutMinor() {
    assertThat(OsRelease.parse("NAME='Debian GNU/Linux'\nVERSION_ID=12\n"))
        .isEqualTo(new GuestOs("Linux", "Debian GNU/Linux", 12, 0));
  }

  @Test
  void hasPlainValuesForEverythingElse() {
    GuestOs plain = new GuestOs("Linux", "Linux", 1, 0);

    assertThat(OsRelease.parse("")).isEqualTo(plain);
    assertThat(OsRelease.parse("\u0000\n=\nNAME\nVERSION_ID=rolling\n")).isEqualTo(plain);
    assertThat(OsRelease.parse("VERSION_ID=0.1")).isEqualTo(new GuestOs("Linux", "Linux", 1, 1));
    assertThat(OsRelease.parse("VERSION_ID=" + "9".repeat(400)))
        .isEqualTo(new GuestOs("Linux", "Linux", 1, 0));
    assertThat(OsRelease.read(Path.of("/nonexistent/os-release"))).isEqualTo(plain);
  }
}
