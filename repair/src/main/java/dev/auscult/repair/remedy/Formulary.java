package dev.auscult.repair.remedy;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.diagnose.cause.Cause;

/** Every treatment that there is, by name. */
public final class Formulary {
    private static final Map<String, Treatment> BY_NAME = byName();

    private Formulary() {}

    /** All of them, by cause and in order of preference. */
    public static List<Treatment> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** The treatment of a name: {@code lower-rate-by-range-test}. */
    public static Optional<Treatment> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, Treatment> byName() {
        Map<String, Treatment> map = new LinkedHashMap<>();
        Arrays.stream(Cause.values()).flatMap(c -> Treatments.of(c).stream()).forEach(t -> {
            if (map.put(t.name(), t) != null) {
                throw new IllegalStateException("two treatments are called " + t.name());
            }
        });
        return Collections.unmodifiableMap(map);
    }
}
