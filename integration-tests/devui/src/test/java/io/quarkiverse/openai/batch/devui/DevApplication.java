package io.quarkiverse.openai.batch.devui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.function.Consumer;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

import io.quarkus.test.QuarkusDevModeTest;

/** An application in dev mode, at a port that is free when the tests begin. */
final class DevApplication {

    private static final int PORT = freePort();
    static final String URL = "http://localhost:" + PORT;

    private DevApplication() {
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param properties more of them, a line each
     * @param content more of the application
     */
    static QuarkusDevModeTest with(String properties, Consumer<JavaArchive> content) {
        return new QuarkusDevModeTest().withApplicationRoot(archive -> {
            archive.addAsResource(new StringAsset("quarkus.http.port=" + PORT + "\n" + properties), "application.properties");
            content.accept(archive);
        });
    }
}
