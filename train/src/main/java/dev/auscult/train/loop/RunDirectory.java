package dev.auscult.train.loop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder of one recording: the spec that ran, events, checkpoints.
 *
 * @param path the folder
 */
public record RunDirectory(Path path) {
    /**
     * Makes a new folder with the name of the run; where there is one, a number is added.
     *
     * @param parent made if it does not exist
     */
    public static RunDirectory create(Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        for (int number = 1; ; number++) {
            Path path = parent.resolve(number == 1 ? name : name + "-" + number);
            try {
                Files.createDirectory(path);
            } catch (FileAlreadyExistsException taken) {
                continue;
            }
            Files.createDirectory(path.resolve("checkpoints"));
            return new RunDirectory(path);
        }
    }

    /** The spec that ran, defaults filled in. */
    public Path spec() {
        return path.resolve("spec.yaml");
    }

    /** The folder that paths in the spec are relative to, as one line of text. */
    public Path base() {
        return path.resolve("checkpoints").resolve("base.txt");
    }

    /** The state after the latest step that was saved. */
    public Path last() {
        return path.resolve("checkpoints").resolve("last.safetensors");
    }

    /** The state with the best evaluation. */
    public Path best() {
        return path.resolve("checkpoints").resolve("best.safetensors");
    }

    /** A new best state that the last one does not know of yet. */
    Path nextBest() {
        return path.resolve("checkpoints").resolve("next-best.safetensors");
    }

    /** Writes a small text in one step: a reader sees all of it or what was there before. */
    public void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The folder that paths in the spec are relative to. It is kept relative to this one, so that both can move together.
     */
    public Path readBase() throws IOException {
        return path.resolve(Files.readString(base(), StandardCharsets.UTF_8).strip())
                .normalize();
    }

    /** Keeps the folder that paths in the spec are relative to. */
    public void writeBase(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Path own = path.toAbsolutePath().normalize();
        boolean together = own.getRoot() != null && own.getRoot().equals(absolute.getRoot());
        write(base(), (together ? own.relativize(absolute) : absolute) + "\n");
    }
}
