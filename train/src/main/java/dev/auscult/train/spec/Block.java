package dev.auscult.train.spec;

import java.util.List;
import java.util.Optional;

/**
 * A mapping of the spec with the keys it takes: a section ({@code optimizer}) or a layer ({@code conv}).
 *
 * @param name type of the layer, or path of the section from the top of the spec; empty for the top itself
 * @param doc what it is, in one sentence
 * @param main key that a bare value sets ({@code dense: 64}, {@code optimizer: adam}); empty for none
 * @param options its keys, in the order in which they are written
 */
public record Block(String name, String doc, String main, List<Option> options) {
    public Block {
        options = List.copyOf(options);
    }

    Block(String name, String doc, String main, Option... options) {
        this(name, doc, main, List.of(options));
    }

    /** The option of a name. */
    public Optional<Option> option(String key) {
        return options.stream().filter(o -> o.name().equals(key)).findFirst();
    }

    /** The option that chooses the type of the section, on which other options depend; absent if it has no types. */
    public Optional<Option> selector() {
        return options.stream()
                .filter(o -> o.name().equals("type") || o.name().equals("criterion"))
                .findFirst();
    }

    /** Names of the keys, in order. */
    public List<String> keys() {
        return options.stream().map(Option::name).toList();
    }
}
