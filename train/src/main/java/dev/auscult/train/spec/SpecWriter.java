package dev.auscult.train.spec;

/** Writes a spec with every default filled in; {@link SpecFile} reads it back equal. */
public final class SpecWriter {
    private SpecWriter() {}

    /** The YAML of a spec. */
    public static String write(Spec spec) {
        return YamlText.of(SpecTree.of(spec));
    }
}
