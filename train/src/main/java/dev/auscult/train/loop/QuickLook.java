package dev.auscult.train.loop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import dev.auscult.data.DataSettings;
import dev.auscult.data.checkup.CheckupOptions;
import dev.auscult.data.checkup.CheckupOptions.Depth;
import dev.auscult.data.checkup.DataCheckup;
import dev.auscult.data.error.DataException;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.DataProfile;

/**
 * A quick look at the data of a training before it begins. It never fails the training and holds it up for a bounded time:
 * what goes wrong with it is a remark.
 */
public final class QuickLook {
    private static final long LIMIT_S = 30;

    private final long limitSeconds;

    /** A look of 30 s at most. */
    public QuickLook() {
        this(LIMIT_S);
    }

    /** The same with another limit [s]. */
    QuickLook(long limitSeconds) {
        this.limitSeconds = limitSeconds;
    }

    /** It was asked to stop. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("stopped");
        }
    }

    /**
     * Looks at the data.
     *
     * @param remarks hears why it could not
     * @return the profile of the prepared data, with what was found out added; as it was where nothing could be
     */
    public DataProfile at(Setup setup, Consumer<String> remarks) {
        DataProfile prepared = setup.data().profile();
        return profile(setup.spec().data(), setup.base(), setup.spec().seed(), remarks)
                .map(seen -> merged(prepared, seen))
                .orElse(prepared);
    }

    private Optional<DataProfile> profile(DataSettings settings, Path base, long seed, Consumer<String> remarks) {
        if (!DataCheckup.accepts(settings)) {
            return Optional.empty();
        }
        CheckupOptions options = new CheckupOptions(Depth.QUICK, seed, Optional.empty(), Optional.empty());
        Progress progress = (what, share) -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new Stopped();
            }
        };
        FutureTask<DataProfile> look = new FutureTask<>(
                () -> DataCheckup.of(settings, base, options, progress).profile());
        Thread thread = new Thread(look, "data check-up");
        thread.setDaemon(true);
        thread.start();
        try {
            return Optional.of(look.get(limitSeconds, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            remarks.accept("the look at the data took more than " + limitSeconds
                    + " s and was left out; auscult data does it at leisure");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String reason = cause instanceof DataException
                    ? String.valueOf(cause.getMessage())
                    : "a fault of Auscult, not of your data: " + name(cause == null ? e : cause);
            remarks.accept("the data could not be looked at (" + reason + "); the training goes on without");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            look.cancel(true);
        }
        return Optional.empty();
    }

    /** What a fault is called: its type and the first line of its message. */
    private static String name(Throwable fault) {
        String message = Objects.requireNonNullElse(fault.getMessage(), "");
        String type = fault.getClass().getSimpleName();
        return message.isBlank()
                ? type
                : type + ": " + message.lines().findFirst().orElse("").strip();
    }

    /** The sizes and labels of the prepared parts, with the columns and observations of the files they came from. */
    public static DataProfile merged(DataProfile prepared, DataProfile seen) {
        List<DataProfile.Part> parts = new ArrayList<>();
        for (DataProfile.Part part : prepared.parts()) {
            parts.add(seen.part(part.split())
                    .map(s -> new DataProfile.Part(
                            part.split(),
                            s.source(),
                            part.rows(),
                            Math.min(part.rows(), s.sampled()),
                            part.labelCounts(),
                            s.columns()))
                    .orElse(part));
        }
        return new DataProfile(seen.kind(), seen.task(), seen.target(), parts, seen.observations());
    }
}
