package dev.keygate.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.images.recipe.Aot;
import dev.keygate.images.recipe.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The folder of finished images: an archive for each product, and beside it what it was made of. An
 * archive counts only with that, which is written last.
 */
final class ImageStore {

  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;

  ImageStore(Path folder) {
    this.folder = folder;
  }

  /** Where a product's archive is or will be. */
  Path archive(Product product) {
    return folder.resolve(product.imageName() + ".tar");
  }

  /** The image, if there is one. */
  Optional<ProductImage> find(Product product) {
    return record(product)
        .map(
            found ->
                new ProductImage(
                    product,
                    found.path("reference").asText(),
                    archive(product),
                    Aot.valueOf(found.path("aot").asText(Aot.NONE.name()))));
  }

  /** The image, if it was made of just this. */
  Optional<ProductImage> find(Product product, String key) {
    return record(product)
        .filter(found -> found.path("key").asText().equals(key))
        .flatMap(_ -> find(product));
  }

  /** Forgets an image that is about to be replaced. */
  void forget(Product product) throws IOException {
    Files.deleteIfExists(recordFile(product));
  }

  /** Keeps a finished archive, wherever it was written on this file system. */
  ProductImage keep(ProductImage image, String key) throws IOException {
    forget(image.product());
    Path archive = archive(image.product());
    Files.move(image.archive(), archive, StandardCopyOption.REPLACE_EXISTING);
    ObjectNode found = JSON.createObjectNode();
    found.put("key", key).put("reference", image.reference()).put("aot", image.aot().name());
    Files.writeString(recordFile(image.product()), found.toPrettyString() + "\n");
    return new ProductImage(image.product(), image.reference(), archive, image.aot());
  }

  private Optional<JsonNode> record(Product product) {
    try {
      if (!Files.exists(archive(product)) || !Files.exists(recordFile(product))) {
        return Optional.empty();
      }
      return Optional.of(JSON.readTree(recordFile(product).toFile()));
    } catch (IOException unreadable) {
      // As good as absent: the image is made again.
      return Optional.empty();
    }
  }

  private Path recordFile(Product product) {
    return folder.resolve(product.imageName() + ".json");
  }
}
