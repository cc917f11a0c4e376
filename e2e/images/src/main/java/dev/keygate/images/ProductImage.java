package dev.keygate.images;

import dev.keygate.images.recipe.Aot;
import dev.keygate.images.recipe.Product;
import java.nio.file.Path;

/**
 * An image that exists.
 *
 * @param product what is in it
 * @param reference what a runtime knows it by after the import: {@code keygate.dev/sidecar:0.1.0}
 * @param archive a tar for {@code ctr images import} or {@code docker load}
 * @param aot whether it has an AOT cache
 */
public record ProductImage(Product product, String reference, Path archive, Aot aot) {}
