package io.quarkiverse.openai.batch.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A sum of money whose currency is the user's. */
public final class CostText {

    private static final int DECIMALS = 2;
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    private CostText() {
    }

    /** Null if it is not known. */
    static String ofKnown(BigDecimal cost) {
        return cost == null ? null : of(cost);
    }

    /** Hundredths, and of what is less than one two digits. */
    public static String of(BigDecimal cost) {
        BigDecimal rounded = cost.round(TWO_DIGITS);
        boolean isSmall = cost.signum() != 0 && rounded.scale() > DECIMALS;
        return (isSmall ? rounded : cost.setScale(DECIMALS, RoundingMode.HALF_UP)).toPlainString();
    }
}
