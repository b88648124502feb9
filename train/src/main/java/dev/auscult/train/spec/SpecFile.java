package dev.auscult.train.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a training spec: strictly, with defaults filled in. */
public final class SpecFile {
    /** Largest spec, in bytes: a thousand times a long one. */
    static final int LARGEST = 1 << 20;

    private SpecFile() {}

    /**
     * Reads a spec from a file.
     *
     * @param overrides settings that replace those of the file, in order: {@code optimizer.learning-rate=0.01}, {@code
     *     model.layers.0.dense=32}
     * @throws SpecException with all that is wrong with it
     */
    public static Spec read(Path file, List<String> overrides) {
        String source = file.toString();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw new SpecException(source + ": found no such file, wanted a training spec");
        } catch (IOException e) {
            throw new SpecException(source + ": cannot be read"
                    + (Files.isDirectory(file) ? ", it is a folder; wanted a training spec" : ": " + e.getMessage()));
        }
        if (bytes.length > LARGEST) {
            throw new SpecException(source + ": found more than 1 MiB, wanted a training spec");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SpecException(source + ": found bytes that are not UTF-8, wanted text");
        }
        return parse(source, text, nameOf(file), overrides);
    }

    /**
     * Reads a spec from text.
     *
     * @param source how messages call it
     * @param text YAML
     * @param name name of the run where the spec gives none
     * @param overrides as for {@link #read}
     * @throws SpecException with all that is wrong with it
     */
    public static Spec parse(String source, String text, String name, List<String> overrides) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        YamlNode root = YamlTree.read(source, plain);
        for (String override : overrides) {
            root = Overrides.apply(root, override);
        }
        return SpecReader.read(root, name);
    }

    private static String nameOf(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "run" : last.toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
