package io.quarkiverse.openai.batch.replicas;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut: then bytes are neither taken nor given, as behind a broken switch. */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    TcpProxy(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Holds all bytes back. */
    void cut() {
        cut = true;
    }

    /** Breaks the connections off that were cut; new ones work. */
    void heal() {
        cut = false;
        open.forEach(TcpProxy::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(there);
                thread(() -> copy(client, there));
                thread(() -> copy(there, client));
            } catch (IOException e) {
                // the test ends, or PostgreSQL is down
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[1 << 14];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                while (cut && !from.isClosed()) {
                    Thread.sleep(20);
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // one side has closed it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // it is closed
        }
    }

    @Override
    public void close() {
        closeQuietly(server);
        open.forEach(TcpProxy::closeQuietly);
    }
}
