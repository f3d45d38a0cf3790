package io.quarkiverse.openai.batch.endurance.tried;

/**
 * One input and what must hold of it.
 *
 * @param name names the input within its area
 */
record Trial(String name, Check check) {

    /** Tries the input. */
    interface Check {

        /** Why it did not hold; null if it held. */
        String run() throws Exception;
    }

    /** Why it did not hold; null if it held. */
    String run() {
        try {
            return check.run();
        } catch (Exception e) {
            return e.toString();
        }
    }
}
