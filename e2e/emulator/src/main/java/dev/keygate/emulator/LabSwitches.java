package dev.keygate.emulator;

import dev.keygate.emulator.admin.SwitchControl;
import dev.keygate.emulator.entra.Tenant;
import dev.keygate.emulator.maa.MaaSwitches;
import dev.keygate.emulator.maa.guest.EventLogRule;
import dev.keygate.emulator.maa.platform.EmptyRuntimeData;
import dev.keygate.emulator.thim.CollateralDates;
import dev.keygate.emulator.thim.PckFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lab's switches. A switch is an enum; its first constant is where it starts. Safe for use by
 * several threads.
 */
final class LabSwitches implements SwitchControl {

  private static final Map<String, Class<? extends Enum<?>>> TYPES =
      Map.of(
          "event-log", EventLogRule.class,
          "empty-runtime-data", EmptyRuntimeData.class,
          "mismatch-codes", Tenant.MismatchCodes.class,
          "pck-format", PckFormat.class,
          "collateral-dates", CollateralDates.class);

  private final Map<Class<?>, Enum<?>> changed = new ConcurrentHashMap<>();

  <E extends Enum<E>> E get(Class<E> type) {
    Enum<?> position = changed.get(type);
    return position == null ? type.getEnumConstants()[0] : type.cast(position);
  }

  MaaSwitches maa() {
    return new MaaSwitches(get(EventLogRule.class), get(EmptyRuntimeData.class));
  }

  @Override
  public Map<String, String> positions() {
    Map<String, String> positions = new TreeMap<>();
    TYPES.forEach(
        (name, type) ->
            positions.put(name, spelled(changed.getOrDefault(type, type.getEnumConstants()[0]))));
    return positions;
  }

  @Override
  public void set(String name, String position) {
    Class<? extends Enum<?>> type = TYPES.get(name);
    if (type == null) {
      throw new IllegalArgumentException(name + ": unknown; there are " + positions().keySet());
    }
    Enum<?> found =
        Arrays.stream(type.getEnumConstants())
            .filter(one -> spelled(one).equals(position))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        name
                            + ": one of "
                            + Arrays.stream(type.getEnumConstants())
                                .map(LabSwitches::spelled)
                                .toList()
                            + " is expected"));
    changed.put(type, found);
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
