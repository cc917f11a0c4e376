package dev.keygate.images.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecurityProvidersTest {

  @Test
  void keepsThoseOfTheRuntimeInTheirOrderAndEverythingElse() throws Exception {
    assertThat(
            SecurityProviders.keepOwn(
                List.of(
                    "# a comment",
                    "security.provider.1=SUN",
                    "security.provider.2=SunRsaSign",
                    "security.provider.3=SunEC",
                    "security.provider.4=XMLDSig",
                    "security.provider.5=SunJSSE",
                    "security.provider.6=SunJCE",
                    "security.provider.7=SunPKCS11",
                    "#security.provider.8=Example",
                    "jdk.tls.disabledAlgorithms=SSLv3")))
        .containsExactly(
            "# a comment",
            "security.provider.1=SUN",
            "security.provider.2=SunRsaSign",
            "security.provider.3=SunEC",
            "security.provider.4=SunJSSE",
            "security.provider.5=SunJCE",
            "#security.provider.8=Example",
            "jdk.tls.disabledAlgorithms=SSLv3");
  }

  @Test
  void refusesAListWithoutOneThatIsNeeded() {
    assertThatIOException()
        .isThrownBy(() -> SecurityProviders.keepOwn(List.of("security.provider.1=SUN")));
  }
}
