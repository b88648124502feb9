package dev.auscult.intake.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.intake.protobuf.ProtoBytes;
import dev.auscult.intake.protobuf.RecordBytes;
import dev.auscult.intake.tensors.ExactStatistics;
import dev.auscult.run.LogHistogram;
import dev.auscult.run.RunEvent;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorSummary;

/**
 * Writes the event file of a run directory, which TensorBoard opens and {@link RecordingReader} reads back bit by bit.
 *
 * <p>Every value is a record of its own; {@link #flush} hands those since the last one over to be written at once, in order,
 * by another thread. A process that is killed leaves at most one record torn. A run that goes on later writes a new event
 * file, which says from which step on everything is written again: a file is never changed but at its end, and a torn end
 * stays what it is.
 *
 * <p>What TensorBoard has no place for lies in fields that it steps over ({@link ExactStatistics}): it shows scalars as
 * float32 and histograms with a bucket per octave of the magnitude. Not thread-safe.
 */
public final class RecordingWriter implements Closeable {
    private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{10,})\\.(\\d{4})\\.auscult");

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int HISTOGRAM = 5;
    private static final int RGB = 3;

    private final Clock clock;
    private final Path file;
    private final AppendingFile out;
    private final RecordBytes records = new RecordBytes();
    private final ProtoBytes event = new ProtoBytes();
    private final ProtoBytes summary = new ProtoBytes();
    private final ProtoBytes value = new ProtoBytes();
    private final ProtoBytes inside = new ProtoBytes();
    private final ProtoBytes exact = new ProtoBytes();
    private double[] limits = new double[64];
    private double[] counts = new double[64];

    RecordingWriter(Path file, AppendingFile out, Clock clock) {
        this.file = file;
        this.out = out;
        this.clock = clock;
    }

    /**
     * Begins the recording of a run in a folder, which is made if it is not there.
     *
     * @param clock gives wall times
     * @throws IOException if the folder cannot be written to; nothing is left behind
     */
    public static RecordingWriter create(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        Path file = nextFile(folder, clock);
        return new RecordingWriter(
                file,
                new AppendingFile(begin(file, clock), () -> begin(nextFile(folder, clock), clock), file.toString()),
                clock);
    }

    /** A new event file with its version; nothing is left behind where it cannot be written. */
    private static AppendingFile.Target begin(Path file, Clock clock) throws IOException {
        RecordBytes version = new RecordBytes();
        version.add(new ProtoBytes().float64(WALL_TIME, seconds(clock)).text(FILE_VERSION, "brain.Event:2"));
        AppendingFile.Target target = AppendingFile.create(file);
        try {
            AppendingFile.writeAll(target, version.take());
            return target;
        } catch (IOException e) {
            target.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * Goes on with a recording in a new event file.
     *
     * @param step everything at or after this step was written before the run went back to its checkpoint, and is forgotten
     */
    public static RecordingWriter resume(Path folder, long step, Clock clock) throws IOException {
        RecordingWriter writer = create(folder, clock);
        writer.inside.clear().varint(SESSION_STATUS, SESSION_START);
        writer.record(writer.event
                .clear()
                .float64(WALL_TIME, writer.now())
                .varint(STEP, step)
                .message(SESSION_LOG, writer.inside));
        return writer;
    }

    static boolean isEventFile(String name) {
        return NAME.matcher(name).matches();
    }

    /** Names sort in the order in which they were written, whatever the clock does. */
    private static Path nextFile(Path folder, Clock clock) throws IOException {
        long seconds = clock.instant().getEpochSecond();
        long number = 0;
        try (var entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                Matcher matcher = NAME.matcher(String.valueOf(entry.getFileName()));
                if (matcher.matches()) {
                    seconds = Math.max(seconds, Long.parseLong(matcher.group(1)));
                    number = Math.max(number, Long.parseLong(matcher.group(2)) + 1);
                }
            }
        }
        return folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%010d.%04d.auscult", seconds, number));
    }

    /** The event file with which this recording began or went on. */
    public Path file() {
        return file;
    }

    /** Seconds since 1970 by the clock of this recording. */
    public double now() {
        return seconds(clock);
    }

    private static double seconds(Clock clock) {
        Instant now = clock.instant();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    /**
     * Adds a point of a metric.
     *
     * @param name {@code train/loss}
     * @param epoch epoch, possibly fractional; NaN if unknown
     * @param wallTime seconds since 1970
     */
    public void scalar(String name, long step, double epoch, double wallTime, double number) {
        float shown = (float) number;
        value.clear().text(TAG, name).float32(SIMPLE_VALUE, shown);
        if (Double.doubleToRawLongBits(shown) != Double.doubleToRawLongBits(number)) {
            value.float64(ExactStatistics.SCALAR_FIELD, number);
        }
        if (!Double.isNaN(epoch)) {
            value.float64(ExactStatistics.EPOCH_FIELD, epoch);
        }
        value(step, wallTime);
    }

    /** Adds the statistics of a tensor, with its counts as scalars where they say something. */
    public void tensor(TensorKey key, long step, double wallTime, TensorSummary statistics) {
        String tag = RecordingTags.of(key);
        double nonFinite = Double.isNaN(statistics.nonFinite()) ? 0 : statistics.nonFinite();
        double finite = statistics.count() - nonFinite;
        inside.clear();
        if (finite > 0) {
            inside.float64(1, known(statistics.min()))
                    .float64(2, known(statistics.max()))
                    .float64(3, finite)
                    .float64(4, known(statistics.mean() * finite))
                    .float64(5, known(statistics.l2Norm() * statistics.l2Norm()));
        }
        exact.clear();
        int buckets = 1;
        LogHistogram histogram = statistics.histogram();
        if (histogram == null) {
            limits[0] = known(statistics.max());
            counts[0] = finite > 0 ? finite : 0;
            ExactStatistics.write(exact, statistics, 0);
        } else {
            int negative = largest(histogram, false);
            buckets = buckets(histogram, negative, largest(histogram, true));
            ExactStatistics.write(exact, statistics, negative);
        }
        inside.float64s(6, limits, buckets)
                .float64s(7, counts, buckets)
                .message(ExactStatistics.HISTOGRAM_FIELD, exact);
        value.clear().text(TAG, tag).message(HISTOGRAM, inside);
        value(step, wallTime);
        extra(tag + "/zeros", step, wallTime, statistics.zeros());
        extra(tag + "/nonfinite", step, wallTime, statistics.nonFinite());
        extra(tag + "/inactive", step, wallTime, statistics.inactiveShare());
    }

    private void extra(String tag, long step, double wallTime, double number) {
        if (!Double.isNaN(number) && number != 0) {
            scalar(tag, step, Double.NaN, wallTime, number);
        }
    }

    private static double known(double number) {
        return Double.isFinite(number) ? number : 0;
    }

    /** How many octaves of one sign there are up to the last that counts something. */
    private static int largest(LogHistogram histogram, boolean positive) {
        int bins = histogram.endExponent() - histogram.lowestExponent();
        while (bins > 0) {
            int exponent = histogram.lowestExponent() + bins - 1;
            if ((positive ? histogram.positive(exponent) : histogram.negative(exponent)) != 0) {
                break;
            }
            bins--;
        }
        return bins;
    }

    /** Lays out the buckets from left to right: negative octaves, zeros, positive octaves. */
    private int buckets(LogHistogram histogram, int negative, int positive) {
        int size = negative + 1 + positive;
        if (size > limits.length) {
            limits = Arrays.copyOf(limits, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        int lowest = histogram.lowestExponent();
        int at = 0;
        for (int k = negative - 1; k >= 0; k--) {
            limits[at] = -edge(lowest + k);
            counts[at++] = histogram.negative(lowest + k);
        }
        limits[at] = edge(lowest);
        counts[at++] = histogram.zero();
        for (int k = 0; k < positive; k++) {
            limits[at] = edge(lowest + k + 1);
            counts[at++] = histogram.positive(lowest + k);
        }
        return size;
    }

    private static double edge(int exponent) {
        return Math.min(Math.scalb(1.0, exponent), Double.MAX_VALUE);
    }

    /**
     * Adds a picture that TensorBoard shows.
     *
     * @param tag {@code images/0-conv/filters}
     * @param png the encoded picture
     */
    public void image(String tag, long step, double wallTime, int width, int height, byte[] png) {
        inside.clear().varint(1, height).varint(2, width).varint(3, RGB).bytes(4, png);
        value.clear().text(TAG, tag).message(IMAGE, inside);
        value(step, wallTime);
    }

    /** Adds something that happened to the run; TensorBoard shows a mark at the step. */
    public void event(RunEvent.Kind kind, long step, double wallTime, String detail) {
        value.clear()
                .text(TAG, RecordingTags.of(kind))
                .float32(SIMPLE_VALUE, 1)
                .text(ExactStatistics.DETAIL_FIELD, detail);
        value(step, wallTime);
    }

    private void value(long step, double wallTime) {
        event.clear().float64(WALL_TIME, wallTime);
        if (step != 0) {
            event.varint(STEP, step);
        }
        record(event.message(SUMMARY, summary.clear().message(VALUE, value)));
    }

    private void record(ProtoBytes payload) {
        records.add(payload);
    }

    /**
     * Hands everything since the last call over to be written, as after each step that is recorded.
     *
     * @throws IOException if what was handed over before could not be written: it is missing from the recording, which is
     *     whole otherwise and can go on
     */
    public void flush() throws IOException {
        if (records.size() > 0) {
            out.append(records.take());
        }
    }

    /** Flushes and waits until everything is with the operating system, as before a checkpoint. */
    public void sync() throws IOException {
        flush();
        out.await();
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            out.close();
        }
    }
}
