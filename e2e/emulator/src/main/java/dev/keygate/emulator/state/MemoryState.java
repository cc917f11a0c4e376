package dev.keygate.emulator.state;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A state that ends with the lab. */
public final class MemoryState implements LabState {

  private final Map<String, String> texts = new ConcurrentHashMap<>();

  @Override
  public Optional<String> read(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  @Override
  public void write(String name, String text) {
    texts.put(name, text);
  }
}
