package dev.auscult.train.schedule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.train.spec.ScheduleSettings;

/** Schedule settings written as {@code key=value key=value}. */
final class Settings {
    private Settings() {}

    static ScheduleSettings of(String type, String text) {
        Map<String, String> map = new HashMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.split(" ", -1)) {
            String[] sides = pair.split("=", -1);
            map.put(sides[0], sides[1]);
        }
        List<Double> milestones = map.containsKey("milestones")
                ? Arrays.stream(map.get("milestones").split(",", -1))
                        .map(Double::valueOf)
                        .toList()
                : List.of();
        return new ScheduleSettings(
                type,
                map.getOrDefault("per", "step"),
                number(map, "length", 0),
                number(map, "power", 1),
                number(map, "factor", 0.5),
                number(map, "every", 1),
                milestones,
                number(map, "floor", 0),
                number(map, "peak", 10),
                number(map, "share", 0.3),
                (int) number(map, "patience", 10),
                number(map, "threshold", 1e-4),
                (int) number(map, "cooldown", 0),
                number(map, "warm-up", 0),
                map.getOrDefault("warm-up-type", "linear"),
                number(map, "warm-up-from", 0));
    }

    private static double number(Map<String, String> map, String key, double otherwise) {
        String text = map.get(key);
        return text == null ? otherwise : Double.parseDouble(text);
    }
}
