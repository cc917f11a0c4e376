package dev.keygate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingNamesTest {

  @Test
  void writesPlainNamesAsTheyAre() {
    assertThat(SettingNames.keyIdentifier("orders-2"))
        .isEqualTo("keygate.keys.orders-2.identifier");
    assertThat(SettingNames.callerKeys("app")).isEqualTo("keygate.callers.app.keys");
  }

  @Test
  void quotesNamesWithDotsSoThatTheyStayOneSegment() {
    assertThat(SettingNames.keyIdentifier("orders.v2"))
        .isEqualTo("keygate.keys.\"orders.v2\".identifier");
  }
}
