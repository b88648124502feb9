/** Reads the logs of any framework into runs. */
module dev.auscult.intake {
    requires static transitive org.jspecify;
    requires transitive dev.auscult.run;
    requires tools.jackson.databind;
    requires org.snakeyaml.engine;
    requires de.siegmar.fastcsv;
    requires java.sql;
    requires org.xerial.sqlitejdbc;

    exports dev.auscult.intake;
    exports dev.auscult.intake.recording;
}
