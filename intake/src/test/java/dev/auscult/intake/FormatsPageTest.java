package dev.auscult.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The guide lists the formats that are read, no more and no less. */
class FormatsPageTest {
    @Test
    void guideListsEveryFormat() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "guide", "formats.md"));
        TreeSet<String> listed = new TreeSet<>();
        for (String line : page.lines().filter(l -> l.startsWith("| `")).toList()) {
            Matcher name = Pattern.compile("`([a-z0-9-]+)`").matcher(line.substring(0, line.indexOf('|', 1)));
            while (name.find()) {
                listed.add(name.group(1));
            }
        }
        TreeSet<String> read = new TreeSet<>();
        Stream.concat(
                        Readers.FILES.stream().map(LogReader::format),
                        Readers.FOLDERS.stream().map(FolderReader::format))
                .forEach(read::add);
        assertThat(listed).isEqualTo(read);
    }
}
