package dev.auscult.intake.table;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;

/** Fills a {@link Row} from the parser's buffer, so that no string is made of a plain number. */
final class RowHandler extends CsvCallbackHandler<Row> {
    private final Row row = new Row();
    private final StrayQuote strayQuote;
    private final boolean unquote;
    private RecordType type = RecordType.DATA;

    /** Fills rows; {@code unquote} if quotes have no meaning and are to be taken off. */
    RowHandler(char separator, boolean unquote) {
        this.strayQuote = new StrayQuote(separator);
        this.unquote = unquote;
    }

    @Override
    protected RecordType getRecordType() {
        return type;
    }

    @Override
    protected int getFieldCount() {
        return row.size();
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        type = RecordType.DATA;
        row.begin(startingLineNumber);
    }

    @Override
    protected void addField(char[] chars, int offset, int length, boolean quoted) {
        if (unquote) {
            int from = length > 0 && chars[offset] == '"' ? offset + 1 : offset;
            int to = offset + length;
            row.add(chars, from, (to > from && chars[to - 1] == '"' ? to - 1 : to) - from);
            return;
        }
        if (quoted && strayQuote.opens(chars, offset, length)) {
            row.markStrayQuote();
        }
        row.add(chars, offset, length);
    }

    @Override
    protected void setComment(char[] chars, int offset, int length) {
        type = RecordType.COMMENT;
    }

    @Override
    protected void setEmpty() {
        type = RecordType.EMPTY;
    }

    @Override
    protected Row buildRecord() {
        return row;
    }
}
