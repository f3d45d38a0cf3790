package io.quarkiverse.openai.batch.cli.input;

import java.util.HashSet;
import java.util.Set;

/** Sees to it that no id comes twice: answers are told apart by it. */
final class UniqueIds {

    private final InputForm form;
    private final Set<String> seen = new HashSet<>();

    UniqueIds(InputForm form) {
        this.form = form;
    }

    /**
     * @throws InputException if the line has no id, or one that an earlier line has
     */
    String of(InputLine line) {
        String id = form.id(line);
        if (!seen.add(id)) {
            throw line.problem("an earlier line has the same id");
        }
        return id;
    }

    long count() {
        return seen.size();
    }
}
