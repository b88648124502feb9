package dev.auscult.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.auscult.data.error.DataException;
import dev.auscult.data.table.TextFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tokenizer of Hugging Face, read from its {@code tokenizer.json} on disk; the network is never asked. */
final class HuggingFaceFile implements Tokenizer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final HuggingFaceTokenizer tokenizer;
    private final long size;
    private final int padding;

    private HuggingFaceFile(Path file, HuggingFaceTokenizer tokenizer, long size, int padding) {
        this.file = file;
        this.tokenizer = tokenizer;
        this.size = size;
        this.padding = padding;
    }

    static HuggingFaceFile of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("data.text.tokenizer: no file " + file
                    + "; wanted bytes, words, or the path of a tokenizer.json on disk");
        }
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (JacksonException e) {
            throw new DataException(file + " is not JSON: " + TextFile.oneLine(e.getOriginalMessage()), e);
        }
        if (!root.path("model").isObject()) {
            throw new DataException(file + " has no \"model\"; wanted a tokenizer.json of Hugging Face");
        }
        // Never the network: without these, a machine with CUDA would look for another library there.
        System.setProperty("ai.djl.offline", "true");
        if (System.getenv("RUST_FLAVOR") == null) {
            System.setProperty("RUST_FLAVOR", "cpu");
        }
        // The library logs through SLF4J, which would complain on the terminal that nobody listens.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    file.toAbsolutePath(),
                    Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true"));
            return new HuggingFaceFile(file, tokenizer, size(root), padding(root));
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    file + " cannot be used as a tokenizer: " + TextFile.oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    /** One more than the largest id. */
    private static long size(JsonNode root) {
        long largest = -1;
        JsonNode vocabulary = root.path("model").path("vocab");
        if (vocabulary.isArray()) {
            // Unigram models list pairs of token and score.
            largest = vocabulary.size() - 1L;
        } else {
            for (JsonNode id : vocabulary) {
                largest = Math.max(largest, id.asLong());
            }
        }
        for (JsonNode token : root.path("added_tokens")) {
            largest = Math.max(largest, token.path("id").asLong());
        }
        return largest + 1;
    }

    /** The tokenizer's own padding token, where it names one; else 0. */
    private static int padding(JsonNode root) {
        JsonNode own = root.path("padding").path("pad_id");
        if (own.isIntegralNumber()) {
            return own.asInt();
        }
        for (JsonNode token : root.path("added_tokens")) {
            String content = token.path("content").asString("").toLowerCase(Locale.ROOT);
            if (content.equals("[pad]") || content.equals("<pad>")) {
                return token.path("id").asInt();
            }
        }
        return 0;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int padding() {
        return padding;
    }

    @Override
    public void encode(String text, IntConsumer tokens) {
        for (long id : tokenizer.encode(text).getIds()) {
            tokens.accept((int) id);
        }
    }

    @Override
    public void encodePart(String text, IntConsumer tokens) {
        for (long id : tokenizer.encode(text, false, false).getIds()) {
            tokens.accept((int) id);
        }
    }

    @Override
    public String description() {
        return "tokens of " + file.getFileName();
    }
}
