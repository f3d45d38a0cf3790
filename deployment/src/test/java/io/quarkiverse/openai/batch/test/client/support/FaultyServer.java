package io.quarkiverse.openai.batch.test.client.support;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on plain sockets, for what no HTTP server would do. A request says itself what is to go wrong with it: in
 * {@code x-fault}, for the first {@code x-times} requests of its {@code x-run}, all by default.
 */
public final class FaultyServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public FaultyServer() throws IOException {
        socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start(this::acceptAll);
    }

    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private void acceptAll() {
        while (!closed) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                start(() -> serve(connection));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = connection.getInputStream();
            OutputStream out = new BufferedOutputStream(connection.getOutputStream());
            Request request;
            while ((request = Request.read(in)) != null) {
                answer(request, connection, in, out);
                out.flush();
            }
        } catch (IOException clientWentAway) {
            // told by the run
        } finally {
            open.remove(connection);
        }
    }

    private void answer(Request request, Socket connection, InputStream in, OutputStream out) throws IOException {
        if (request.path.startsWith("/runs/")) {
            json(out, 200, Integer.toString(run(request.path.substring(6)).requests.get()));
            return;
        }
        if (request.path.startsWith("/resets/")) {
            json(out, 200, Boolean.toString(run(request.path.substring(8)).awaitReset()));
            return;
        }
        if (request.path.equals("/connections")) {
            json(out, 200, Integer.toString(open.size() - 1));
            return;
        }
        Run run = run(request.headers.getOrDefault("x-run", ""));
        int count = run.requests.incrementAndGet();
        String fault = request.headers.getOrDefault("x-fault", "none");
        int times = Integer.parseInt(request.headers.getOrDefault("x-times", "1000000"));
        if (count > times || fault.equals("none")) {
            if (!request.bodyIsRead) {
                request.skipBody(in);
            }
            json(out, 200, body(request));
            return;
        }
        Faults.of(fault).apply(new Faults.Exchange(request, connection, in, out, run.reset));
    }

    /** Something of the right kind for each operation. */
    private static String body(Request request) {
        String path = request.path.replaceAll("\\?.*", "");
        if (path.endsWith("/content")) {
            return "{\"custom_id\":\"a\"}\n";
        }
        if (path.endsWith("/files") && request.method.equals("POST") || path.contains("/files/")) {
            return "{\"id\":\"file-1\",\"object\":\"file\",\"bytes\":3,\"deleted\":true}";
        }
        if (request.method.equals("GET") && (path.endsWith("/files") || path.endsWith("/batches"))) {
            return "{\"object\":\"list\",\"data\":[],\"has_more\":false}";
        }
        return "{\"id\":\"batch-1\",\"object\":\"batch\",\"status\":\"validating\"}";
    }

    private static void json(OutputStream out, int status, String body) throws IOException {
        out.write(("HTTP/1.1 " + status + " X\r\ncontent-type: application/json\r\ncontent-length: " + body.length()
                + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private Run run(String name) {
        return runs.computeIfAbsent(name, key -> new Run(new AtomicInteger(), new CountDownLatch(1)));
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    private record Run(AtomicInteger requests, CountDownLatch reset) {

        boolean awaitReset() {
            try {
                return reset.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return false;
            }
        }
    }

    /** The head of a request, and its body unless the fault is to happen before it is read. */
    static final class Request {

        final String method;
        final String path;
        final Map<String, String> headers = new TreeMap<>();
        boolean bodyIsRead;

        private Request(String[] lines) {
            String[] start = lines[0].split(" ");
            method = start[0];
            path = start[1];
            Arrays.stream(lines).skip(1).forEach(line -> headers.put(
                    line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                    line.substring(line.indexOf(':') + 1).strip()));
        }

        static Request read(InputStream in) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!endsWithEmptyLine(head)) {
                int next;
                try {
                    next = in.read();
                } catch (SocketException reset) {
                    return null;
                }
                if (next < 0) {
                    return null;
                }
                head.write(next);
            }
            Request request = new Request(head.toString(StandardCharsets.UTF_8).strip().split("\r\n"));
            if (!request.headers.getOrDefault("x-fault", "").endsWith("-before-body")) {
                request.skipBody(in);
            }
            return request;
        }

        private static boolean endsWithEmptyLine(ByteArrayOutputStream head) {
            byte[] bytes = head.toByteArray();
            int end = bytes.length;
            return end > 3 && bytes[end - 1] == '\n' && bytes[end - 3] == '\n';
        }

        void skipBody(InputStream in) throws IOException {
            bodyIsRead = true;
            if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
                while (skipChunk(in)) {
                    // until the last one
                }
            } else {
                in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            }
        }

        private static boolean skipChunk(InputStream in) throws IOException {
            StringBuilder size = new StringBuilder();
            int next;
            while ((next = in.read()) != '\n') {
                if (next < 0) {
                    throw new IOException("broken off");
                }
                size.append((char) next);
            }
            int length = Integer.parseInt(size.toString().strip(), 16);
            in.readNBytes(length + 2);
            return length > 0;
        }
    }
}
