package io.quarkiverse.openai.batch.replicas;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the application, with a way of its own to the database. */
final class Replica implements AutoCloseable {

    static final String PORT = "quarkus.http.port";

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String name;
    private final TcpProxy proxy;
    private final int port;
    private final Process process;

    /**
     * @param properties of the configuration
     */
    Replica(String name, int database, URI provider, Map<String, String> properties) {
        this.name = name;
        this.proxy = new TcpProxy(database);
        this.port = properties.containsKey(PORT) ? Integer.parseInt(properties.get(PORT)) : freePort();
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m",
                "-D" + PORT + "=" + port, "-Dquarkus.datasource.jdbc.url=jdbc:postgresql://localhost:" + proxy.port()
                        + "/postgres?socketTimeout=20",
                "-Dquarkus.openai-batch.base-url=" + provider));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        File log = Path.of("target", "replica-" + name + ".log").toFile();
        try {
            this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    boolean isReady() {
        try {
            return call("GET", "/q/health/ready", 5).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The time that processors have spent in it. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    HttpResponse<String> call(String method, String path, int seconds) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.noBody()).timeout(Duration.ofSeconds(seconds)).build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    int status(String method, String path) {
        try {
            return call(method, path, 30).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        proxy.close();
    }

    /** As a pause of its virtual machine. */
    void stop() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void cutOff() {
        proxy.cut();
    }

    void heal() {
        proxy.heal();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            goOn();
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    kill();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        proxy.close();
    }
}
