package dev.auscult.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state is one file, whatever the order in which it was gathered. */
class StateTest {
    @TempDir
    Path folder;

    @Test
    void theSameStateGivesTheSameFile() throws IOException {
        State one = new State();
        one.put("b", new double[] {1, 2});
        one.put("a", new byte[] {3});
        one.put("rate", 0.1);
        one.put("best", 5L);
        State other = new State();
        other.put("best", 5L);
        other.put("rate", 0.1);
        other.put("a", new byte[] {3});
        other.put("b", new double[] {1, 2});
        one.write(folder.resolve("one"));
        other.write(folder.resolve("other"));
        assertThat(Files.readAllBytes(folder.resolve("one"))).isEqualTo(Files.readAllBytes(folder.resolve("other")));
    }
}
