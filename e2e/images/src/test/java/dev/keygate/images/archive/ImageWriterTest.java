package dev.keygate.images.archive;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.Test;

class ImageWriterTest {

  /**
   * The versions of the BOM take away what Jib's client logs to; without it no registry answers.
   */
  @Test
  void theClientOfRegistriesIsComplete() {
    assertThatCode(() -> HttpClients.createMinimal().close()).doesNotThrowAnyException();
  }
}
