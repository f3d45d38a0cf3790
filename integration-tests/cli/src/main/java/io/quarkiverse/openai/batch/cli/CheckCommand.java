package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.check.Check;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Version.class, description = {
        "Checks the requests of a file, tells all that is wrong with them and what they are expected to use, and sends "
                + "nothing.",
        "Exit code: 0 if providers will take the requests, else 2." })
class CheckCommand implements Callable<Integer> {

    @Inject
    Check check;

    @Mixin
    InputOptions input;

    @Mixin
    PriceOption price;

    @Override
    public Integer call() throws IOException {
        return check.run(input.file(), input.choices(), price.prices());
    }
}
