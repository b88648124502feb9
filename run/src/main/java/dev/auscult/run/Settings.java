package dev.auscult.run;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The hyper-parameters of a run: those that every framework has by {@link Setting}, all of them by their own name. */
public final class Settings {
    /** No setting is known. */
    public static final Settings EMPTY = new Builder().build();

    private final Map<Setting, String> known;
    private final Map<String, String> raw;

    private Settings(Map<Setting, String> known, Map<String, String> raw) {
        this.known = Collections.unmodifiableMap(known);
        this.raw = Collections.unmodifiableMap(raw);
    }

    /** The text of a setting, absent if the log does not name it or gives it no value. */
    public Optional<String> text(Setting setting) {
        return Optional.ofNullable(known.get(setting));
    }

    /** The number that a setting holds, absent if it is not named or not a number. */
    public OptionalDouble number(Setting setting) {
        String text = known.get(setting);
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text.trim()));
        } catch (NumberFormatException notANumber) {
            return OptionalDouble.empty();
        }
    }

    /** Whether a setting is named and neither zero, false, none nor empty. */
    public boolean isOn(Setting setting) {
        String text = known.get(setting);
        if (text == null) {
            return false;
        }
        String value = text.trim().toLowerCase(Locale.ROOT);
        return switch (value) {
            case "", "0", "0.0", "false", "none", "null", "no", "[]", "{}" -> false;
            default -> true;
        };
    }

    /** The settings that every framework has. */
    public Map<Setting, String> known() {
        return known;
    }

    /** Every setting by the name in the log, nested names joined by dots, sorted. */
    public Map<String, String> raw() {
        return raw;
    }

    public boolean isEmpty() {
        return raw.isEmpty() && known.isEmpty();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; the first value of a {@link Setting} wins, so put the most specific source first. */
    public static final class Builder {
        private final Map<Setting, String> known = new EnumMap<>(Setting.class);
        private final Map<String, String> raw = new TreeMap<>();

        private Builder() {}

        /** Adds a setting by the name that the log gives it; {@link SettingVocabulary} says what it means. */
        public Builder put(String name, String value) {
            if (raw.putIfAbsent(name, value) == null) {
                SettingVocabulary.resolve(name).ifPresent(setting -> known.putIfAbsent(setting, value));
            }
            return this;
        }

        /** Adds a setting whose meaning the reader knows from the format. */
        public Builder put(Setting setting, String value) {
            known.putIfAbsent(setting, value);
            return this;
        }

        /** Adds what another source says where this one is silent. */
        public Builder putAll(Settings other) {
            other.known.forEach(known::putIfAbsent);
            other.raw.forEach(raw::putIfAbsent);
            return this;
        }

        public Settings build() {
            return new Settings(new EnumMap<>(known), new TreeMap<>(raw));
        }
    }
}
