package dev.auscult.intake.tensorboard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import dev.auscult.intake.protobuf.MalformedMessageException;
import dev.auscult.intake.protobuf.ProtoCursor;
import dev.auscult.intake.tensors.ExactStatistics;
import dev.auscult.run.TensorSummary;
import org.jspecify.annotations.Nullable;

/**
 * Reads events (TensorFlow: {@code core/util/event.proto}, {@code core/framework/summary.proto}) and hands their values
 * over; images, audio and graphs are stepped over.
 */
final class EventScanner {
    private static final int WALL_TIME = 1 << 3 | ProtoCursor.FIXED64;
    private static final int STEP = 2 << 3 | ProtoCursor.VARINT;
    private static final int FILE_VERSION = 3 << 3 | ProtoCursor.BYTES;
    private static final int SUMMARY = 5 << 3 | ProtoCursor.BYTES;
    private static final int SESSION_LOG = 7 << 3 | ProtoCursor.BYTES;
    private static final int SOURCE = 10 << 3 | ProtoCursor.BYTES;

    private static final int VALUE = 1 << 3 | ProtoCursor.BYTES;
    private static final int TAG = 1 << 3 | ProtoCursor.BYTES;
    private static final int SIMPLE_VALUE = 2 << 3 | ProtoCursor.FIXED32;
    private static final int OLD_HISTOGRAM = 3 << 3 | ProtoCursor.BYTES;
    private static final int HISTOGRAM = 5 << 3 | ProtoCursor.BYTES;
    private static final int TENSOR = 8 << 3 | ProtoCursor.BYTES;
    private static final int METADATA = 9 << 3 | ProtoCursor.BYTES;
    private static final int EXACT = ExactStatistics.SCALAR_FIELD << 3 | ProtoCursor.FIXED64;
    private static final int EPOCH = ExactStatistics.EPOCH_FIELD << 3 | ProtoCursor.FIXED64;
    private static final int DETAIL = ExactStatistics.DETAIL_FIELD << 3 | ProtoCursor.BYTES;

    private static final int FIRST_STRING = 1 << 3 | ProtoCursor.BYTES;
    private static final int SECOND_BYTES = 2 << 3 | ProtoCursor.BYTES;
    private static final int STATUS = 1 << 3 | ProtoCursor.VARINT;
    /** SessionLog.SessionStatus.START. */
    private static final int START = 1;

    /** Wall time, three keys with lengths and a value; no step and an empty tag. */
    private static final int SHORTEST_PLAIN = 9 + 6 + 5;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final RunFeed feed;
    private final ProtoCursor in = new ProtoCursor();
    private final HistogramDecoder histograms = new HistogramDecoder();
    private final TensorDecoder tensors = new TensorDecoder();

    private double wallTime;
    private long step;

    EventScanner(RunFeed feed) {
        this.feed = feed;
    }

    /** Reads the event in {@code bytes} from {@code from} to {@code to}. */
    void scan(byte[] bytes, int from, int to) throws MalformedMessageException {
        if (plainScalar(bytes, from, to)) {
            return;
        }
        in.set(bytes, from, to);
        wallTime = Double.NaN;
        step = 0;
        int summary = -1;
        while (in.before(to)) {
            int key = in.key();
            switch (key) {
                case WALL_TIME -> wallTime = in.float64();
                case STEP -> step = in.varint();
                case SUMMARY -> {
                    // Its values need the step, which may come later.
                    summary = in.at();
                    in.jump(in.inside());
                }
                default -> other(key);
            }
        }
        if (summary >= 0) {
            in.jump(summary);
            int end = in.inside();
            while (in.before(end)) {
                int key = in.key();
                if (key == VALUE) {
                    value();
                } else {
                    in.skip(key);
                }
            }
        }
    }

    /**
     * Takes an event of the shape that nearly all have: wall time, step, and a summary of one value that is a short tag
     * and a simple_value, in this order. False, and nothing done, if it has another shape.
     */
    private boolean plainScalar(byte[] bytes, int from, int to) {
        int at = from + 1 + Double.BYTES;
        if (to - from < SHORTEST_PLAIN || bytes[from] != WALL_TIME) {
            return false;
        }
        long steps = 0;
        if (bytes[at] == STEP) {
            byte b;
            int shift = 0;
            do {
                b = bytes[++at];
                steps |= (long) (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0 && at < to - 1 && shift < 63);
            if (b < 0) {
                return false;
            }
            at++;
        }
        // Six bytes before the tag (three keys and three lengths below 128), five behind it.
        int tagFrom = at + 6;
        int tagTo = to - 1 - Float.BYTES;
        if (tagFrom > tagTo
                || bytes[at] != SUMMARY
                || bytes[at + 1] != to - at - 2
                || bytes[at + 2] != VALUE
                || bytes[at + 3] != to - at - 4
                || bytes[at + 4] != TAG
                || bytes[at + 5] != tagTo - tagFrom
                || bytes[tagTo] != SIMPLE_VALUE) {
            return false;
        }
        feed.scalar(
                feed.tag(bytes, tagFrom, tagTo),
                steps,
                Double.NaN,
                Double.longBitsToDouble((long) LONG.get(bytes, from + 1)),
                Float.intBitsToFloat((int) INT.get(bytes, tagTo + 1)));
        return true;
    }

    private void other(int key) throws MalformedMessageException {
        switch (key) {
            case FILE_VERSION -> {
                feed.startFile();
                feed.framework().fileVersion(in.text());
            }
            case SESSION_LOG -> {
                int end = in.inside();
                while (in.before(end)) {
                    int field = in.key();
                    if (field != STATUS) {
                        in.skip(field);
                    } else if (in.varint() == START) {
                        feed.start(step);
                    }
                }
            }
            case SOURCE -> {
                int end = in.inside();
                while (in.before(end)) {
                    int field = in.key();
                    if (field == FIRST_STRING) {
                        feed.framework().writer(in.text());
                    } else {
                        in.skip(field);
                    }
                }
            }
            default -> in.skip(key);
        }
    }

    private void value() throws MalformedMessageException {
        int end = in.inside();
        int tagFrom = 0;
        int tagTo = 0;
        int histogram = -1;
        int tensor = -1;
        int metadata = -1;
        boolean simple = false;
        float number = 0;
        boolean isExact = false;
        double exact = 0;
        double epoch = Double.NaN;
        String detail = null;
        while (in.before(end)) {
            int key = in.key();
            switch (key) {
                case TAG -> {
                    tagTo = in.inside();
                    tagFrom = in.at();
                    in.jump(tagTo);
                }
                case SIMPLE_VALUE -> {
                    simple = true;
                    number = in.float32();
                }
                case EXACT -> {
                    isExact = true;
                    exact = in.float64();
                }
                case EPOCH -> epoch = in.float64();
                case DETAIL -> detail = in.text();
                case HISTOGRAM, OLD_HISTOGRAM -> {
                    histogram = in.at();
                    in.jump(in.inside());
                }
                case TENSOR -> {
                    tensor = in.at();
                    in.jump(in.inside());
                }
                case METADATA -> {
                    metadata = in.at();
                    in.jump(in.inside());
                }
                default -> in.skip(key);
            }
        }
        if (simple) {
            Tag tag = feed.tag(in.bytes(), tagFrom, tagTo);
            if (detail == null || !feed.event(tag, step, detail)) {
                feed.scalar(tag, step, epoch, wallTime, isExact ? exact : number);
            }
        } else if (histogram >= 0 || tensor >= 0 || metadata >= 0) {
            Tag tag = feed.tag(in.bytes(), tagFrom, tagTo);
            if (metadata >= 0 && tag.plugin.isEmpty()) {
                in.jump(metadata);
                metadata(tag, in.inside());
            }
            if (histogram >= 0 && feed.wantsTensor(tag)) {
                in.jump(histogram);
                tensor(tag, histograms.proto(in, in.inside()));
            } else if (tensor >= 0) {
                in.jump(tensor);
                tensor(tag, epoch, in.inside());
            }
        }
        in.jump(end);
    }

    private void tensor(Tag tag, double epoch, int end) throws MalformedMessageException {
        boolean any = tag.plugin.isEmpty();
        if (any || tag.plugin.equals("scalars")) {
            tensors.decode(in, end);
            if (tensors.isScalar()) {
                feed.scalar(tag, step, epoch, wallTime, tensors.values().get(0));
            }
        } else if (tag.plugin.equals("histograms")) {
            tensors.decode(in, end);
            if (tensors.isRows() && feed.wantsTensor(tag)) {
                tensor(tag, histograms.rows(tensors.values()));
            }
        }
    }

    private void tensor(Tag tag, @Nullable TensorSummary summary) {
        if (summary != null) {
            feed.tensor(tag, step, wallTime, summary);
        }
    }

    /** SummaryMetadata.plugin_data = 1 {plugin_name = 1, content = 2}. */
    private void metadata(Tag tag, int end) throws MalformedMessageException {
        while (in.before(end)) {
            int key = in.key();
            if (key != FIRST_STRING) {
                in.skip(key);
                continue;
            }
            int content = -1;
            int pluginEnd = in.inside();
            while (in.before(pluginEnd)) {
                int field = in.key();
                switch (field) {
                    case FIRST_STRING -> tag.plugin = in.text();
                    case SECOND_BYTES -> {
                        content = in.at();
                        in.jump(in.inside());
                    }
                    default -> in.skip(field);
                }
            }
            if (tag.plugin.equals("graph_keras_model")) {
                feed.framework().kerasGraph();
            } else if (tag.plugin.equals("hparams") && content >= 0) {
                in.jump(content);
                HyperParameters.read(in, in.inside(), feed::setting);
                in.jump(pluginEnd);
            }
        }
    }
}
