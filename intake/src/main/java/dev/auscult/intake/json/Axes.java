package dev.auscult.intake.json;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Which columns count steps, epochs and seconds. */
final class Axes {
    /** Most telling first. */
    private static final List<String> STEPS = List.of(
            "step",
            "global_step",
            "trainer/global_step",
            "_step",
            "steps",
            "global_steps",
            "iteration",
            "iterations",
            "iter",
            "iters",
            "current_steps",
            "num_updates",
            "time/total_timesteps",
            "total_timesteps",
            "timesteps",
            "timestep",
            "batch",
            "itr",
            "niter",
            "update");

    private static final List<String> EPOCHS =
            List.of("epoch", "epochs", "_epoch", "epoch_num", "epoch_idx", "epoch_number", "round");
    private static final List<String> TIMES =
            List.of("wall_time", "walltime", "_timestamp", "timestamp", "time/time_elapsed", "_runtime");

    private final @Nullable String step;
    private final @Nullable String epoch;
    private final @Nullable String time;
    private final Set<String> names = new HashSet<>();

    private Axes(@Nullable String step, @Nullable String epoch, @Nullable String time) {
        this.step = step;
        this.epoch = epoch;
        this.time = time;
    }

    /**
     * Finds the axes among the names of columns.
     *
     * @param meanings the columns that the user named: {@code step} to the name in the file
     */
    static Axes among(Set<String> names, Map<String, String> meanings) {
        Axes axes = new Axes(
                find(names, meanings.get("step"), STEPS),
                find(names, meanings.get("epoch"), EPOCHS),
                find(names, meanings.get("time"), TIMES));
        for (String name : names) {
            String plain = plain(name);
            if (STEPS.contains(plain) || EPOCHS.contains(plain) || TIMES.contains(plain)) {
                axes.names.add(name);
            }
        }
        for (String meaning : List.of("step", "epoch", "time")) {
            String named = meanings.get(meaning);
            if (named != null) {
                axes.names.add(slashed(named));
            }
        }
        return axes;
    }

    private static @Nullable String find(Set<String> names, @Nullable String wanted, List<String> known) {
        if (wanted != null) {
            return names.contains(slashed(wanted)) ? slashed(wanted) : null;
        }
        for (String candidate : known) {
            for (String name : names) {
                if (plain(name).equals(candidate)) {
                    return name;
                }
            }
        }
        return null;
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    /** A nested name as the user writes it, {@code a.b}, in the form of the columns. */
    static String slashed(String name) {
        return name.replace('.', '/');
    }

    @Nullable
    String step() {
        return step;
    }

    @Nullable
    String epoch() {
        return epoch;
    }

    @Nullable
    String time() {
        return time;
    }

    /** Whether a column is an axis or another counter, and no metric. */
    boolean contains(String name) {
        return names.contains(name);
    }
}
