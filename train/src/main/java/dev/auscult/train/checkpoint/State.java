package dev.auscult.train.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.auscult.data.Extents;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;

/**
 * The state of a training as names with tensors, numbers and texts; every number comes back bit for bit.
 *
 * <p>Names are paths: {@code parameters/0-dense.weight}, {@code optimizer/0-dense.weight/mean}.
 */
public final class State {
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** A state that holds nothing yet. */
    public State() {}

    public static State read(Path file) throws IOException {
        Safetensors.Content content = Safetensors.read(file);
        State state = new State();
        state.tensors.putAll(content.tensors());
        state.texts.putAll(content.metadata());
        return state;
    }

    public void write(Path file) throws IOException {
        // Sorted, so that the same state gives the same file whatever the order in which it was gathered.
        Safetensors.write(file, new Safetensors.Content(new TreeMap<>(tensors), new TreeMap<>(texts)));
    }

    public void put(String name, Tensor tensor) {
        tensors.put(
                name,
                switch (tensor.type()) {
                    case FLOAT32 -> StoredTensor.of(tensor.toFloats(), tensor.shape());
                    case INT64 -> StoredTensor.of(tensor.toLongs(), tensor.shape());
                    default -> StoredTensor.of(tensor.toDoubles(), tensor.shape());
                });
    }

    public void put(String name, byte[] bytes) {
        tensors.put(name, StoredTensor.of(bytes));
    }

    public void put(String name, double[] numbers) {
        tensors.put(name, StoredTensor.of(numbers, numbers.length));
    }

    public void put(String name, double number) {
        texts.put(name, Double.toHexString(number));
    }

    public void put(String name, long number) {
        texts.put(name, Long.toString(number));
    }

    public void put(String name, String text) {
        texts.put(name, text);
    }

    /**
     * Puts the stored elements into a tensor of the same shape.
     *
     * @throws CheckpointException if there is no such tensor or it has another shape
     */
    public void restore(String name, Tensor into) {
        StoredTensor stored = required(name);
        long[] shape = into.shape();
        if (!stored.shape().equals(Extents.of(shape))) {
            throw new CheckpointException(
                    "the checkpoint's " + name + " is " + stored.shape() + ", the network's is " + Extents.of(shape));
        }
        if (into.type() == DType.FLOAT32) {
            into.copyFrom(stored.floats());
        } else if (into.type() == DType.INT64) {
            into.copyFrom(stored.longs());
        } else {
            into.copyFrom(stored.doubles());
        }
    }

    public byte[] bytes(String name) {
        return required(name).bytes();
    }

    public double[] numbers(String name) {
        return required(name).doubles();
    }

    public double number(String name) {
        return Double.parseDouble(requiredText(name));
    }

    public long integer(String name) {
        return Long.parseLong(requiredText(name));
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** Adds everything of another state. */
    public void putAll(State other) {
        tensors.putAll(other.tensors);
        texts.putAll(other.texts);
    }

    /** Whether there is a tensor whose name begins like this. */
    public boolean has(String prefix) {
        return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** The numbers whose names begin with the prefix, by the rest of their names. */
    public Map<String, Double> numbersUnder(String prefix) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(prefix)) {
                numbers.put(name.substring(prefix.length()), Double.parseDouble(text));
            }
        });
        return numbers;
    }

    /** The tensors of bytes whose names begin with the prefix, by the rest of their names. */
    public Map<String, byte[]> bytesUnder(String prefix) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        tensors.forEach((name, stored) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), stored.bytes());
            }
        });
        return found;
    }

    /** The tensors whose names begin with the prefix, by the rest of their names, made anew. */
    public Map<String, Tensor> tensorsUnder(String prefix, Engine engine) {
        Map<String, Tensor> made = new LinkedHashMap<>();
        tensors.forEach((name, stored) -> {
            if (name.startsWith(prefix)) {
                long[] shape = stored.shape().toArray();
                made.put(
                        name.substring(prefix.length()),
                        switch (stored.type()) {
                            case F32 -> engine.of(stored.floats(), shape);
                            case F64 -> engine.of(stored.doubles(), shape);
                            default -> engine.of(stored.longs(), shape);
                        });
            }
        });
        return made;
    }

    /** All tensors by name. */
    public Map<String, StoredTensor> tensors() {
        return tensors;
    }

    /** All numbers and texts by name, as text. */
    public Map<String, String> texts() {
        return texts;
    }

    private StoredTensor required(String name) {
        StoredTensor stored = tensors.get(name);
        if (stored == null) {
            throw new CheckpointException("the checkpoint has no tensor " + name);
        }
        return stored;
    }

    private String requiredText(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new CheckpointException("the checkpoint has no entry " + name);
        }
        return text;
    }
}
