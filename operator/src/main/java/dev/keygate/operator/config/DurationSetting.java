package dev.keygate.operator.config;

import dev.keygate.failure.RefusedException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a number and one of the units s, m and h. */
final class DurationSetting {

  private static final Pattern FORMAT = Pattern.compile("([1-9][0-9]{0,5})([smh])");
  private static final Duration LONGEST = Duration.ofHours(24);

  private DurationSetting() {}

  static Duration parse(String key, String text) throws RefusedException {
    Matcher matcher = FORMAT.matcher(text.strip());
    if (!matcher.matches()) {
      throw Refusal.of(
          key, "is a number and a unit of s, m or h, such as 10m; found '" + text + "'");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofHours(count);
        };
    if (duration.compareTo(LONGEST) > 0) {
      throw Refusal.of(key, "is at most 24h; found '" + text + "'");
    }
    return duration;
  }
}
