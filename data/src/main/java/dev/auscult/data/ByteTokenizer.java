package dev.auscult.data;

import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/** The bytes of the text in UTF-8, each plus 1, so that 0 is free for padding. */
final class ByteTokenizer implements Tokenizer {
    @Override
    public long size() {
        return 257;
    }

    @Override
    public void encode(String text, IntConsumer tokens) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            tokens.accept((b & 0xFF) + 1);
        }
    }

    @Override
    public String description() {
        return "bytes";
    }
}
