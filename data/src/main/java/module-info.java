/** Data sets: reading, splitting, transforming, serving in batches. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.auscult.data {
    requires static transitive org.jspecify;
    requires transitive dev.auscult.run;
    requires ai.djl.tokenizers;
    requires de.siegmar.fastcsv;
    requires duckdb.jdbc;
    requires java.desktop;
    requires org.apache.commons.statistics.inference;
    requires transitive java.sql;
    requires tools.jackson.databind;

    exports dev.auscult.data.checkup;
    exports dev.auscult.data.compare;
    exports dev.auscult.data.error;
    exports dev.auscult.data.generate;
    exports dev.auscult.data.labels;
    exports dev.auscult.data.learn;
    exports dev.auscult.data.load;
    exports dev.auscult.data.media;
    exports dev.auscult.data.profile;
    exports dev.auscult.data.quality;
    exports dev.auscult.data.repair;
    exports dev.auscult.data.table;
    exports dev.auscult.data;
}
