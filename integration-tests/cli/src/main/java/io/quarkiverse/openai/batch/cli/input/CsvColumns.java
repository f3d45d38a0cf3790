package io.quarkiverse.openai.batch.cli.input;

/**
 * The columns of a CSV file that are read, by their names in its first line.
 *
 * @param id of the id of a line
 * @param text of its text
 */
public record CsvColumns(String id, String text) {

    /**
     * @param names such as {@code id,text}
     * @throws IllegalArgumentException if they are not two
     */
    public static CsvColumns of(String names) {
        String[] columns = names.split(",", -1);
        if (columns.length != 2 || columns[0].isBlank() || columns[1].isBlank()) {
            throw new IllegalArgumentException("two columns are needed, such as id,text");
        }
        return new CsvColumns(columns[0].strip(), columns[1].strip());
    }

    @Override
    public String toString() {
        return id + "," + text;
    }
}
