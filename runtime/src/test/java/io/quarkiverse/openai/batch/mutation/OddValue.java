package io.quarkiverse.openai.batch.mutation;

import java.util.List;
import java.util.SplittableRandom;

/** JSON values as nobody documents them: of any type, size and nesting. */
final class OddValue {

    private static final List<String> SCALARS = List.of("null", "true", "false", "0", "-0", "0.0", "1", "-1", "7.5", "1e3",
            "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e19",
            "1000000000000000000000000000000", "1e308", "1e400", "-1e400", "1e-400", "1e-100000000", "1E+100000000",
            "-1e-100000000", "1e2147483648", "1e-9999999999", "0e999999999", "\"\"", "\" \"", "\"0\"", "\"12\"", "\"-5\"",
            "\"1e-100000000\"", "\"1e999999999\"", "\"NaN\"", "\"true\"", "\"null\"", "\"completed\"", "\"failed\"",
            "\"2024-02-30T00:00:00Z\"", "\"+999999999-12-31T23:59:59Z\"", "\"-1000000000-01-01T00:00:00Z\"",
            "\"\\u0000\\u001b[31m\\u202e\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"../../etc\"",
            "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":{}}", "[1,\"a\",null,true,{}]", "{\"data\":[]}", "{\"data\":{}}",
            "{\"error\":{\"message\":7}}", "[\"line\",{\"message\":[\"a\"]}]", "{\"id\":\"x\",\"id\":\"y\"}");

    private OddValue() {
    }

    /**
     * @param size about how many bytes it may have
     */
    static String of(SplittableRandom random, int size) {
        int n = Math.max(1, size);
        return switch (random.nextInt(16)) {
            case 0 -> "\"" + "x".repeat(n) + "\"";
            case 1 -> "\"" + "\\ud83d\\ude00\\n".repeat(n / 14 + 1) + "\"";
            case 2 -> "9".repeat(n);
            case 3 -> "-0." + "9".repeat(n) + "e" + random.nextInt(-400, 400);
            case 4 -> "[".repeat(n / 2 + 1) + "]".repeat(n / 2 + 1);
            case 5 -> "{\"a\":".repeat(n / 6 + 1) + "1" + "}".repeat(n / 6 + 1);
            case 6 -> "[" + "{\"error\":[".repeat(n / 13) + "]}".repeat(n / 13) + "]";
            case 7 -> "[" + "1,".repeat(n / 2) + "1]";
            case 8 -> "[" + "{},".repeat(n / 3) + "null]";
            case 9 -> names(n);
            case 10 -> "{\"" + "n".repeat(n) + "\":0}";
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }

    private static String names(int size) {
        StringBuilder object = new StringBuilder("{\"a\":1");
        for (int i = 0; object.length() < size; i++) {
            object.append(",\"n").append(i).append("\":").append(i);
        }
        return object.append('}').toString();
    }
}
