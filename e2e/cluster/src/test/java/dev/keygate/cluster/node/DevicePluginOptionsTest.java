package dev.keygate.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DevicePluginOptionsTest {

  private static final Path LOG = Path.of("/log");

  @Test
  void labIsAddedToWhatWasAsked() {
    assertThat(DevicePluginOptions.of(LOG).withLab(Path.of("/lab")))
        .isEqualTo(new DevicePluginOptions(64, LOG, Optional.of(Path.of("/lab"))));
  }

  @Test
  void noShareIsRefused() {
    assertThatThrownBy(() -> new DevicePluginOptions(0, LOG, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
