/** Data sets: reading, splitting, transforming, serving in batches. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.auscult.data {
    requires static transitive org.jspecify;
    requires transitive dev.auscult.run;
    requires ai.djl.tokenizers;
    requires de.siegmar.fastcsv;
    requires java.desktop;
    requires java.sql;
    requires tools.jackson.databind;

    exports dev.auscult.data;
    exports dev.auscult.data.checkup;
    exports dev.auscult.data.error;
    exports dev.auscult.data.labels;
    exports dev.auscult.data.profile;
    exports dev.auscult.data.table;
}
