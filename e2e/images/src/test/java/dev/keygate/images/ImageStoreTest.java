package dev.keygate.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.images.recipe.Aot;
import dev.keygate.images.recipe.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {

  @TempDir private Path folder;
  private ImageStore store = new ImageStore(Path.of(""));

  @BeforeEach
  void open() {
    store = new ImageStore(folder);
  }

  @Test
  void findsWhatWasMadeOfTheSame() throws Exception {
    ProductImage kept = keep(Product.SIDECAR, "key");

    assertThat(store.find(Product.SIDECAR, "key")).contains(kept);
    assertThat(kept.archive()).isEqualTo(folder.resolve("sidecar.tar")).exists();
  }

  @Test
  void doesNotFindWhatWasMadeOfSomethingElse() throws Exception {
    keep(Product.SIDECAR, "key");

    assertThat(store.find(Product.SIDECAR, "other")).isEmpty();
    assertThat(store.find(Product.OPERATOR, "key")).isEmpty();
  }

  @Test
  void anArchiveWithoutItsRecordIsUnfinished() throws Exception {
    keep(Product.SIDECAR, "key");
    store.forget(Product.SIDECAR);

    assertThat(store.find(Product.SIDECAR)).isEmpty();
  }

  @Test
  void aRecordWithoutItsArchiveIsNothing() throws Exception {
    Files.delete(keep(Product.SIDECAR, "key").archive());

    assertThat(store.find(Product.SIDECAR, "key")).isEmpty();
  }

  @Test
  void anUnreadableRecordIsNothing() throws Exception {
    keep(Product.SIDECAR, "key");
    Files.writeString(folder.resolve("sidecar.json"), "{\"key\":");

    assertThat(store.find(Product.SIDECAR)).isEmpty();
  }

  @Test
  void oneImageIsNotBoth() throws Exception {
    keep(Product.SIDECAR, "key");

    assertThat(ProductImages.find(folder)).isEmpty();
  }

  private ProductImage keep(Product product, String key) throws IOException {
    Path made = Files.createFile(folder.resolve("finished.tar"));
    return store.keep(new ProductImage(product, product.reference("1"), made, Aot.TRAINED), key);
  }
}
