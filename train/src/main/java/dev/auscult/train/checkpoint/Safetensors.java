package dev.auscult.train.checkpoint;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.Extents;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files of named tensors that hold nothing else: eight bytes with the length of a JSON header, the header (type, shape
 * and place of each tensor), the bytes. The format of github.com/huggingface/safetensors; nothing in it can run.
 */
public final class Safetensors {
    /** The format allows no longer header. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final JsonMapper JSON = new JsonMapper();

    private Safetensors() {}

    /**
     * What a file holds.
     *
     * @param tensors tensors by name, in the order of the file
     * @param metadata texts by name
     */
    public record Content(Map<String, StoredTensor> tensors, Map<String, String> metadata) {}

    /**
     * Writes a file beside the place where it is to be and moves it there in one step, so that a reader sees the old file
     * or the new one, whatever happens meanwhile.
     *
     * @throws IOException if the file cannot be written; what was there before is then still there
     */
    public static void write(Path file, Content content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                write(out, content);
                out.flush();
                // Without this a power cut can leave the new name on an empty file.
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void write(OutputStream out, Content content) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode metadata = header.putObject(METADATA);
        content.metadata().forEach(metadata::put);
        long offset = 0;
        for (Map.Entry<String, StoredTensor> entry : content.tensors().entrySet()) {
            StoredTensor tensor = entry.getValue();
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", tensor.type().name());
            ArrayNode shape = node.putArray("shape");
            tensor.shape().axes().forEach(shape::add);
            long end = offset + tensor.rawBytes().length;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        // Readers map the tensors: their first byte is to lie on a multiple of eight.
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer length =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded);
        out.write(length.array());
        out.write(json);
        for (int i = json.length; i < padded; i++) {
            out.write(' ');
        }
        for (StoredTensor tensor : content.tensors().values()) {
            out.write(tensor.rawBytes());
        }
    }

    /**
     * Reads a whole file.
     *
     * @throws IOException if it cannot be read or is not a safetensors file; the message is one line that names the file
     */
    public static Content read(Path file) throws IOException {
        long size = Files.size(file);
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(raw)) {
            if (size < 8) {
                throw broken(file, "it ends after " + size + " bytes, before the length of its header");
            }
            byte[] start = in.readNBytes(8);
            long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
                throw broken(file, "its header claims " + length + " bytes in a file of " + size);
            }
            JsonNode header;
            try {
                header = JSON.readTree(in.readNBytes((int) length));
            } catch (JacksonException notJson) {
                throw broken(file, "its header is not JSON");
            }
            if (!header.isObject()) {
                throw broken(file, "its header is not a JSON object");
            }
            return content(file, header, in, size - 8 - length);
        }
    }

    private static Content content(Path file, JsonNode header, InputStream in, long available) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : header.properties()) {
            if (property.getKey().equals(METADATA)) {
                property.getValue()
                        .properties()
                        .forEach(text ->
                                metadata.put(text.getKey(), text.getValue().asString("")));
            } else {
                entries.add(entry(file, property.getKey(), property.getValue()));
            }
        }
        entries.sort((a, b) -> Long.compare(a.start, b.start));
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        long at = 0;
        for (Entry entry : entries) {
            if (entry.start != at || entry.end > available || entry.end - entry.start > Integer.MAX_VALUE - 16) {
                throw broken(
                        file,
                        "its tensor " + entry.name + " lies at " + entry.start + " to " + entry.end + " where " + at
                                + " to at most " + available + " was wanted");
            }
            int bytes = (int) (entry.end - entry.start);
            if (entry.shape.elements() * entry.type.bytes() != bytes) {
                throw broken(file, "its tensor " + entry.name + " " + entry.shape + " has " + bytes + " bytes");
            }
            byte[] data = in.readNBytes(bytes);
            if (data.length != bytes) {
                throw broken(file, "it ends within the tensor " + entry.name);
            }
            tensors.put(entry.name, new StoredTensor(entry.type, entry.shape, data));
            at = entry.end;
        }
        return new Content(tensors, metadata);
    }

    private record Entry(String name, ElementType type, Extents shape, long start, long end) {}

    private static Entry entry(Path file, String name, JsonNode node) throws IOException {
        JsonNode offsets = node.path("data_offsets");
        JsonNode shape = node.path("shape");
        ElementType type = null;
        for (ElementType candidate : ElementType.values()) {
            if (candidate.name().equals(node.path("dtype").asString(""))) {
                type = candidate;
            }
        }
        if (type == null || !shape.isArray() || offsets.size() != 2) {
            throw broken(file, "its tensor " + name + " has no known type, shape and place");
        }
        long[] axes = new long[shape.size()];
        long elements = 1;
        for (int i = 0; i < axes.length; i++) {
            axes[i] = shape.get(i).asLong(-1);
            if (axes[i] < 0 || axes[i] > Integer.MAX_VALUE || (elements *= axes[i]) > Integer.MAX_VALUE) {
                throw broken(file, "its tensor " + name + " has the shape " + shape);
            }
        }
        return new Entry(
                name,
                type,
                Extents.of(axes),
                offsets.get(0).asLong(-1),
                offsets.get(1).asLong(-1));
    }

    private static IOException broken(Path file, String what) {
        return new IOException(file + " is not a whole safetensors file: " + what);
    }
}
