package io.quarkiverse.openai.batch.emulator;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** Runs an emulator from the command line until it is stopped. */
public final class Main {

    private Main() {
    }

    /** Exit codes: 0 after {@code --help} or a signal, 1 if the emulator cannot be started, 2 for wrong arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        Arguments parsed;
        try {
            parsed = Arguments.parse(arguments, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println("Try --help.");
            System.exit(2);
            return;
        }
        if (parsed.help()) {
            System.out.print(Arguments.USAGE);
            return;
        }
        run(parsed.options());
    }

    private static void run(EmulatorOptions options) throws InterruptedException {
        Emulator emulator;
        try {
            emulator = Emulator.start(options);
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "emulator-close"));
        System.out.println("Base URL: " + emulator.baseUrl());
        if (options.loopback()) {
            System.out.println("Control token: " + emulator.controlToken());
        }
        if (options.newWebhookSecret()) {
            options.webhook().ifPresent(webhook -> System.out.println("Webhook secret: " + webhook.secret().text()));
        }
        new CountDownLatch(1).await();
    }
}
