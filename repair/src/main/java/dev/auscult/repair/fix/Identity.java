package dev.auscult.repair.fix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

import dev.auscult.train.spec.Spec;
import org.jspecify.annotations.Nullable;

/**
 * What a loop is for: text of the spec, and size and time of its data. A loop goes on only in a folder of the same.
 *
 * @param text a hash
 */
record Identity(String text) {
    static Identity of(FixOptions options, Spec spec) throws IOException {
        StringBuilder all = new StringBuilder(options.text());
        add(all, options.base(), spec.data().train());
        add(all, options.base(), spec.data().test());
        add(all, options.base(), spec.data().validation().file());
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return new Identity(HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(StringBuilder all, Path base, @Nullable String file) throws IOException {
        Path path = file == null ? null : base.resolve(file);
        if (path != null && Files.exists(path)) {
            BasicFileAttributes read = Files.readAttributes(path, BasicFileAttributes.class);
            all.append('\0')
                    .append(read.size())
                    .append(' ')
                    .append(read.lastModifiedTime().toMillis());
        }
    }

    /** The folder for this: the one that was asked for, or where that holds another loop, one beside it with a number. */
    Path folder(Path wanted) throws IOException {
        for (int number = 1; ; number++) {
            Path folder = number == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "-" + number);
            Optional<String> there = Journal.identity(folder);
            if (there.isEmpty() || there.get().equals(text)) {
                return folder;
            }
        }
    }
}
