package dev.auscult.intake.tensorboard;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The slow, obvious second implementation of scalars: every message becomes a map of fields. */
final class SlowEvents {
    record Point(long step, double wallTime, double value) {}

    private SlowEvents() {}

    static Map<String, List<Point>> scalars(byte[] file) throws IOException {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        while (in.available() >= 12) {
            long length = Long.reverseBytes(in.readLong());
            in.readInt();
            if (in.available() < length + 4) {
                break;
            }
            Map<Integer, List<Object>> event = fields(in.readNBytes((int) length));
            in.readInt();
            double wallTime = Double.longBitsToDouble((long) event.get(1).get(0));
            long step = event.containsKey(2) ? (long) event.get(2).get(0) : 0;
            if (!event.containsKey(5)) {
                continue;
            }
            for (Object value : fields((byte[]) event.get(5).get(0)).getOrDefault(1, List.of())) {
                Map<Integer, List<Object>> fields = fields((byte[]) value);
                if (fields.containsKey(2)) {
                    String tag = new String((byte[]) fields.get(1).get(0), java.nio.charset.StandardCharsets.UTF_8);
                    float number = Float.intBitsToFloat((int) fields.get(2).get(0));
                    points.computeIfAbsent(tag, t -> new ArrayList<>()).add(new Point(step, wallTime, number));
                }
            }
        }
        return points;
    }

    private static Map<Integer, List<Object>> fields(byte[] message) throws IOException {
        Map<Integer, List<Object>> fields = new LinkedHashMap<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(message));
        while (in.available() > 0) {
            long key = varint(in);
            Object value = switch ((int) (key & 7)) {
                case 0 -> varint(in);
                case 1 -> Long.reverseBytes(in.readLong());
                case 2 -> in.readNBytes((int) varint(in));
                case 5 -> Integer.reverseBytes(in.readInt());
                default -> throw new IOException("wire type " + (key & 7));
            };
            fields.computeIfAbsent((int) (key >>> 3), k -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    private static long varint(DataInputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            long b = in.readUnsignedByte();
            value |= (b & 0x7f) << shift;
            if (b < 128) {
                return value;
            }
        }
    }
}
