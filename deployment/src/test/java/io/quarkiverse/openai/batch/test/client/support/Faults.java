package io.quarkiverse.openai.batch.test.client.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** What goes wrong with a request of the {@link FaultyServer}. */
enum Faults {

    /** The connection is reset when the request has been read. */
    RESET {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.reset();
        }
    },
    /** The connection is reset when the head of the request has been read. */
    RESET_BEFORE_BODY {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.reset();
        }
    },
    /** The connection is closed without an answer. */
    EMPTY {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.connection.close();
        }
    },
    GARBAGE {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.write("\u0001\u0002 this is not HTTP, secret-of-the-answer\r\n\r\n");
            exchange.connection.close();
        }
    },
    /** No answer until the client goes away. */
    HOLD {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.awaitReset();
        }
    },
    /** The body is read so slowly that it is still being sent when the client has lost patience. */
    SLOW_BEFORE_BODY {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.readSlowly();
        }
    },
    /** The start of a body, then nothing until the client goes away. */
    STALL {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.head("200", "content-length: 1000");
            exchange.write("{\"custom_id\":\"a\"}\n");
            exchange.awaitReset();
        }
    },
    /** The start of an error's body, then nothing until the client goes away. */
    STALL_ERROR {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.head("503", "content-length: 1000");
            exchange.write("{\"error\":");
            exchange.awaitReset();
        }
    },
    /** Less of a body than its length says. */
    TRUNCATE {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.head("200", "content-length: 1000");
            exchange.write("{\"id\":\"batch-1\"}\n");
            exchange.connection.close();
        }
    },
    /** A chunked body without its end. */
    TRUNCATE_CHUNKED {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.head("200", "transfer-encoding: chunked");
            exchange.write("11\r\n{\"id\":\"batch-1\"}\n\r\n");
            exchange.connection.close();
        }
    },
    ENDLESS {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.endless("200");
        }
    },
    ENDLESS_ERROR {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.endless("400");
        }
    },
    HUGE_HEADER {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.head("200", "x-huge: " + "h".repeat(100_000));
            exchange.connection.close();
        }
    },
    /** An answer that comes in a byte at a time, for a while. */
    SLOW {
        @Override
        void apply(Exchange exchange) throws IOException {
            String body = "{\"id\":\"batch-1\",\"status\":\"completed\"}";
            exchange.head("200", "content-length: " + body.length());
            for (char c : body.toCharArray()) {
                exchange.write(String.valueOf(c));
                exchange.pause();
            }
        }
    },
    NO_CONTENT {
        @Override
        void apply(Exchange exchange) throws IOException {
            exchange.head("204", "x-a: b");
        }
    };

    abstract void apply(Exchange exchange) throws IOException;

    static Faults of(String name) {
        return valueOf(name.toUpperCase().replace('-', '_'));
    }

    record Exchange(FaultyServer.Request request, Socket connection, InputStream in, OutputStream out,
            CountDownLatch clientWentAway) {

        void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }

        void head(String status, String header) throws IOException {
            write("HTTP/1.1 " + status + " X\r\ncontent-type: application/json\r\n" + header + "\r\n\r\n");
        }

        void write(String text) throws IOException {
            try {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException tooLate) {
                clientWentAway.countDown();
                throw tooLate;
            }
        }

        void endless(String status) throws IOException {
            head(status, "transfer-encoding: chunked");
            String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
            try {
                while (true) {
                    write(chunk);
                }
            } finally {
                clientWentAway.countDown();
            }
        }

        /** Until the client closes the connection, or resets it. */
        void awaitReset() throws IOException {
            try {
                while (in.read() >= 0) {
                    // nothing more is expected
                }
            } finally {
                clientWentAway.countDown();
                connection.close();
            }
        }

        void readSlowly() throws IOException {
            byte[] buffer = new byte[8192];
            try {
                while (in.read(buffer) >= 0) {
                    pause();
                }
            } finally {
                clientWentAway.countDown();
                connection.close();
            }
        }

        void pause() {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
