package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedStatusTest {

  @Test
  void namesTheObjectThatWasJudgedAndNoSuccessorOfIt() {
    ObjectMeta identity =
        new ObjectMetaBuilder().withNamespace("a").withName("one").withUid("uid-1").build();
    ExportableKey key = new ExportableKey();
    key.setMetadata(new ObjectMetaBuilder(identity).withResourceVersion("7").build());

    ExportableKey applied =
        AppliedStatus.of(key, new ExportableKeyStatus(1L, null, null, List.of(), null, List.of()));

    assertThat(applied.getMetadata()).isEqualTo(identity);
  }
}
