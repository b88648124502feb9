/** The waist of the house: what a training run is, whoever recorded it and whoever judges it. */
module dev.auscult.run {
    requires static transitive org.jspecify;

    exports dev.auscult.run;
}
